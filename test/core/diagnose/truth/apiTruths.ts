import type { Cause } from '../../../../src/core/diagnose/explanation.ts';
import type { Trace } from './trace.ts';

type Truth = (trace: Trace, cause: Cause) => boolean;

/** Something before the API, or its own page: neither is its word on the token. */
const isPage = (trace: Trace) =>
  challenge(trace) === '' && trace.last?.response?.body.startsWith('<') === true && isHtml(trace);
const isHtml = ({ last }: Trace) =>
  last?.response?.headers.some(([, value]) => value.startsWith('text/html')) === true;
const challenge = ({ all }: Trace) =>
  all
    .flatMap(({ response }) => response?.headers ?? [])
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .map(([, value]) => value)
    .join(', ');
/** Words about the token, wherever the API put them. */
const said = (trace: Trace) => `${challenge(trace)} ${trace.all.at(-1)?.response?.body ?? ''}`;
const claims = ({ report }: Trace): Readonly<Record<string, unknown>> => {
  const [, payload = ''] = (report.outcome.kind === 'failure' ? sentToken(report) : '').split('.');
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};
const sentToken = ({ exchanges }: Trace['report']) =>
  exchanges
    .at(-1)
    ?.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
    .replace(/^Bearer /, '') ?? '';

/** What has to be in the trace of a call to an API for each cause to be true. */
export const apiTruths: readonly (readonly [id: RegExp, truth: Truth])[] = [
  [
    /^insufficient-scope$/,
    (t, { title, evidence }) =>
      (!isPage(t) || title.includes('may not allow')) &&
      (t.status(403) ||
        challenge(t).includes('insufficient_scope') ||
        /scope|permission|privilege/i.test(said(t))) &&
      (!evidence.join(' ').includes('The API wants') ||
        challenge(t).includes('scope="') ||
        /"(?:scope|required_scopes)"/.test(t.last?.response?.body ?? '')),
  ],
  [
    /^token-expired$/,
    (t, { title, evidence }) => {
      const { exp } = claims(t);
      const isOver = typeof exp === 'number' && exp * 1000 <= Date.now();
      const lines = evidence.join(' ');
      if (title === 'The token has expired.' && !isOver && !/expired/i.test(said(t))) return false;
      if (lines.includes('Its time had passed') && !isOver) return false;
      if (lines.includes('still lives') && isOver) return false;
      if (lines.includes('opaque') && sentToken(t.report).includes('.')) return false;
      return t.status(401) || challenge(t).includes('invalid_token');
    },
  ],
  [/^token-revoked$/, (t) => /revoked|inactive|not active/i.test(said(t))],
  [
    /^wrong-audience$/,
    (t, { title }) =>
      t.status(401, 403) &&
      (title !== 'The token is for another API.' || /audience|\baud\b/i.test(said(t))) &&
      (!/may be|seems to be/.test(title) || ![claims(t)['aud']].flat().includes('https://api.truth.test')),
  ],
  // What the API says in words of its own: the words are there.
  ...Object.entries({
    'api-keys-not-read': /keys?|jwks|metadata|configuration/i,
    'signature-not-verified': /signature|\bkeys?\b|\bkid\b|jwt verification/i,
    'issuer-not-trusted': /issuer|\biss\b/i,
    'token-not-yet-valid': /not yet|before|future|\bnbf\b|\biat\b|not active/i,
    'algorithm-not-taken': /\balg/i,
    'token-not-readable': /token|jwt/i,
    'key-of-api-wanted': /key/i,
    'token-not-found': /authori[sz]ation|token|jwt|credentials/i,
    'token-without-user': /not issued/i,
    'api-header-not-read': /authori[sz]ation header/i,
    'not-this-path': /missing authentication token/i,
    'api-not-switched-on': /project|enabled|disabled/i,
  }).map(
    ([id, words]) =>
      [new RegExp(`^${id}$`), (t: Trace) => t.status(400, 401, 403) && words.test(said(t))] as const,
  ),
  [
    /^api-request-refused$/,
    (t, { title }) => t.status(404, 405, 410) || (t.status(400, 422) && title.includes('request itself')),
  ],
  [/^dpop-wanted$/, (t) => /dpop/i.test(said(t))],
  [/^stronger-sign-in$/, (t) => challenge(t).includes('insufficient_user_authentication')],
  [/^resource-metadata$/, (t) => challenge(t).includes('resource_metadata=')],
];
