import { createHash } from 'node:crypto';
import type { Cause } from '../../../../src/core/diagnose/explanation.ts';
import type { Exchange } from '../../../../src/core/record/exchange.ts';
import { hasRedirect } from '../../../../src/core/profile/profile.ts';
import { grantOf } from '../../../../src/core/grants/all.ts';
import { textMember } from '../../../../src/shared/json.ts';
import { apiTruths } from './apiTruths.ts';
import { connectionTruths } from './connectionTruths.ts';
import { otherTruths } from './otherTruths.ts';
import { idTokenTruth } from './idTokenTruth.ts';
import type { Trace } from './trace.ts';
import { issuer } from './world.ts';

/** Whether a cause may be named for what is in a trace. */
export type Truth = (trace: Trace, cause: Cause) => boolean;
const isPage = (trace: Trace) =>
  /^\s*<(?:!doctype|html)/i.test(trace.all.findLast(({ leg }) => leg === 'extension')?.response?.body ?? '');
const isHtml = ({ last }: Trace) =>
  last?.response?.headers.some(([name, value]) => name === 'content-type' && value === 'text/html') === true;
const refused = (trace: Trace) =>
  ['error', 'error_code', 'error_message'].some((name) => trace.redirect?.has(name) === true) ||
  trace.answer['error'] !== undefined ||
  // A number that is not 0, as WeChat and its brothers refuse with status 200.
  ['errcode', 'code'].some((name) => ![0, 200].includes(Number(trace.answer[name] ?? 0))) ||
  /"error_?code":\s*-?[1-9]|"error_response"|"ok":false|"error":|"(?:status|access_token)":"error/.test(
    trace.words,
  ) ||
  (trace.last?.response?.status ?? 0) >= 400;

/** The state in an address, or in the signed response there, as far as one can be read. */
const stateIn = (url: string): unknown => {
  const { searchParams } = new URL(url);
  const claims = Buffer.from(searchParams.get('response')?.split('.')[1] ?? '', 'base64url').toString();
  return searchParams.get('state') ?? /"state":"([^"]*)"/.exec(claims)?.[1];
};

const formOf = (exchange: Exchange | undefined) => new URLSearchParams(exchange?.request.body ?? '');
const basicOf = (exchange: Exchange | undefined) => {
  const field = exchange?.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return Buffer.from(/^Basic (.*)$/.exec(field ?? '')?.[1] ?? '', 'base64').toString();
};
/** Whom a request is of, in the form or in the header. */
const clientIn = (exchange: Exchange | undefined) =>
  basicOf(exchange) === ''
    ? formOf(exchange).get('client_id')
    : decodeURIComponent((basicOf(exchange).split(':')[0] ?? '').replaceAll('+', ' '));
const secretIn = (exchange: Exchange | undefined) =>
  basicOf(exchange) === '' ? formOf(exchange).get('client_secret') : basicOf(exchange);
const editsId = (fix: Cause['fixes'][number]) => fix.kind === 'edit_profile' && fix.field === 'clientId';
/** What a member of a form was in a request that gave a token. */
const workedBefore = (t: Trace, name: string) =>
  t.gave.some((one) => clientIn(one) === clientIn(t.last) && formOf(one).get(name) === t.form.get(name));

/** Where a client proves itself, besides the token endpoint. */
const clientEndpoints = ['device', 'backchannel', 'par', 'introspection', 'revocation'];

/** What has to be in the trace for each cause to be true; a cause that is not here fails the test. */
export const truths: readonly (readonly [id: RegExp, truth: Truth])[] = [
  [
    /^scope-not-supported$/,
    (t) =>
      (refused(t) || t.redirect === undefined) &&
      (!workedBefore(t, 'scope') || t.words.includes('scope')) &&
      t.report.profile.scopes.some(
        (one) => t.askedFor(one) && t.listed('scopes_supported')?.includes(one) === false,
      ),
  ],
  [
    /^scope-not-granted$/,
    (t, { title }) =>
      refused(t) &&
      [...title.matchAll(/“([^”]*)”/g)].every(([, scope = '']) => t.askedFor(scope)) &&
      (t.report.profile.provider !== undefined ||
        (t.report.kind === 'client_credentials' && title.includes('offline_access'))),
  ],
  // What the code alone says: it was said, and no rule with evidence of its own speaks beside it.
  [
    /^error-code-/,
    (t, { id }) => {
      const code = id.replace(/^error-code-/, '').replace(/-\d$/, '');
      // A time that this end keeps by itself.
      if (code === 'expired_token' && t.report.endedAt - t.report.startedAt > 15_000) return true;
      return t.error === code || t.words.includes(code);
    },
  ],
  // What the server says in words of its own: the words are there.
  [
    /^secret-refused$/,
    (t) => refused(t) && t.proved && /secret|credential|密钥|シークレット|секрет/i.test(t.words),
  ],
  [
    /^client-(?:not-known|switched-off)$/,
    (t) => refused(t) && /client|app|客户端|aplicación|KOE004/i.test(t.words),
  ],
  [
    /^client-authentication-other$/,
    (t) => refused(t) && /auth\w*[ _](?:method|scheme)|basic not supported/i.test(t.words),
  ],
  [
    /^authorization-header-not-read$/,
    (t) =>
      refused(t) && t.basic !== undefined && /authorization header|basic (?:auth|credentials)/i.test(t.words),
  ],
  [
    /^answers-as-an-api$/,
    (t) =>
      refused(t) &&
      t.proved &&
      /bearer|api invocation|product|security checks|\biap\b|directory|authorization field/i.test(t.words),
  ],
  // Who says why is no gateway that only forbids.
  [
    /^gateway-refused$/,
    (t, { evidence }) =>
      t.last?.response?.status === 403 &&
      // A frame's own words for the status are no error code.
      !/^[a-z]+(?:_[a-z]+)+$/.test(typeof t.error === 'string' ? t.error : '') &&
      t.challenged === undefined &&
      (!evidence.join(' ').includes('earlier in this session') || t.gave.length > 0) &&
      !/[<]/.test(t.last.response.body) &&
      evidence.every((line) => {
        const [, name, value = ''] = /^Its header has ([\w-]+): (.*)$/.exec(line) ?? [];
        return (
          name === undefined ||
          t.last?.response?.headers.some((field) => field[0] === name && field[1].startsWith(value)) === true
        );
      }),
  ],
  [
    /^request-too-large$/,
    (t) => t.status(413, 414, 431, 494) || (t.status(400) && /too (?:large|long|big)/i.test(t.words)),
  ],
  [/^issuer-is-not-subject$/, (t) => refused(t) && /sub/i.test(t.words) && t.proved],
  [/^provision-key-wanted$/, (t) => refused(t) && /provision/i.test(t.words)],
  [/^test-and-live-mixed$/, (t) => refused(t) && /test|sandbox/i.test(t.words) && /live|prod/i.test(t.words)],
  [
    /^authorization-header-wanted$/,
    (t) => refused(t) && t.basic === undefined && /authorization header|basic auth/i.test(t.words),
  ],
  [
    /^realm-switched-off$/,
    (t) => refused(t) && /realm|tenant|zone|server|pool|organi|env|instance/i.test(t.words),
  ],
  [/^email-not-verified$/, (t) => refused(t) && /e-?mail/i.test(t.words)],
  [
    /^pkce-wanted$/,
    (t, { title }) =>
      refused(t) &&
      /pkce|challenge|proof key|transform algorithm/i.test(t.words) &&
      t.asked.has('code_challenge') === title.includes('does not take'),
  ],
  [/^parameter-as-https$/, (t) => refused(t) && /https/i.test(t.words)],
  [/^parameter-named$/, (t) => refused(t) && decodeURIComponent(t.words).includes('OAuth 2.0 Parameter: ')],
  [/^https-wanted$/, (t) => refused(t) && /https|tls|ssl/i.test(t.words)],
  [
    /^realm-not-known$/,
    (t) => refused(t) && /realm|tenant|zone|server|pool|organi|environment|instance not/i.test(t.words),
  ],
  [
    /^(?:post-not-taken|taken-for-a-page)$/,
    (t) => refused(t) && /http method|missing auth|csrf|cross|requires '/i.test(t.words),
  ],
  [/^other-sign-in-failed$/, (t) => t.redirect !== undefined && /oautherror|failed|provider/i.test(t.words)],
  [/^cookies-lost$/, (t) => refused(t) && /cookie|correlation/i.test(t.words)],
  [/^users-account$/, (t) => refused(t) && /user|account/i.test(t.words)],
  [/^session-ended$/, (t) => refused(t) && /session/i.test(t.words)],
  [/^second-factor$/, (t) => refused(t) && /factor|mfa/i.test(t.words)],
  [
    /^audience-wanted$/,
    (t) =>
      refused(t) &&
      /audience|resource/i.test(t.words) &&
      t.report.profile.audience === undefined &&
      t.report.profile.resource.length === 0,
  ],
  [
    /^target-refused$/,
    (t) => refused(t) && /audience|resource|api|service|client-grant|access|identifier/i.test(t.words),
  ],
  [/^consent-wanted$/, (t) => refused(t) && /consent|approv/i.test(t.words)],
  [/^network-refused$/, (t) => refused(t) && /\bip\b|callerip|network/i.test(t.words)],
  [
    /^policy-refused$/,
    (t) =>
      refused(t) &&
      /polic|conditional|assigned|org_internal|rbac: |deny|execute-api|this (?:api|service|resource)|key not|subscription|product/i.test(
        t.words,
      ),
  ],
  [
    /^page-for-metadata$/,
    (t) =>
      t.all.some(
        ({ purpose, response }) =>
          purpose === 'discovery' &&
          [401, 403].includes(response?.status ?? 0) &&
          response?.body.startsWith('<') === true,
      ),
  ],
  [/^sign-in-timed-out$/, (t) => refused(t) && /expired|time/i.test(t.words)],
  [/^refresh-token-of-another-issuer$/, (t) => refused(t) && /issuer/i.test(t.words)],
  [/^key-of-gateway-wanted$/, (t) => /\bkey|security checks/i.test(t.words)],
  [/^proxy-failed$/, (t) => t.last?.response?.headers.some(([name]) => name === 'x-squid-error') === true],
  [
    /^firewall$/,
    (t) =>
      isPage(t) ||
      (t.status(403) && isHtml(t)) ||
      (refused(t) && /\bwaf\b|error code: 1\d{3}|request blocked/i.test(t.words)) ||
      t.last?.response?.headers.some(([name]) => name === 'x-amzn-waf-action') === true,
  ],
  [
    /^parameter-missing$/,
    (t, { title, evidence }) => {
      const name = /the parameter (\w+)/.exec(title)?.[1] ?? '';
      return (
        t.words.toLowerCase().replaceAll(' ', '_').includes(name) &&
        (t.redirect?.has('error') === true ? t.asked : t.form).has(name) ===
          evidence.join(' ').includes('It was in the request')
      );
    },
  ],
  [/^reason-of-its-own$/, refused],
  [/^no-token-there$/, (t) => (t.token?.response?.status ?? 0) < 300 || t.token?.response?.status === 304],
  [/^code-not-taken$/, (t) => t.form.has('code') && /code|授权码/i.test(t.words)],
  [/^answer-not-unpacked$/, (t) => t.token?.response !== undefined],
  [
    /^redirect-uri-refused-at-token-endpoint$/,
    (t) =>
      refused(t) &&
      t.form.get('redirect_uri') === t.asked.get('redirect_uri') &&
      /redirec|callback.?ur[il]|reply (?:url|address)|重定向|回调|リダイレクト|리다이렉트|weiterleitung|de rappel|перенаправлен/i.test(
        t.words,
      ),
  ],
  [
    /^authorization-details-refused$/,
    (t) => refused(t) && /authori[sz]ation[_ ]details/i.test(`${String(t.error)} ${t.words}`),
  ],
  [/^openid-left-out$/, (t) => t.redirect === undefined && !t.report.profile.scopes.includes('openid')],
  [/^delivery-mode$/, (t) => t.report.profile.grant === 'ciba' && refused(t)],
  [/^(?:login-hint|hint-token)-refused$/, (t) => t.report.profile.grant === 'ciba' && refused(t)],
  [/^scope-refused$/, (t) => t.error === 'invalid_scope' || /scope/i.test(t.words)],
  [/^scopes-with-commas$/, (t) => t.report.profile.scopes.some((one) => one.includes(','))],
  [
    /^client-id-in-header-only$/,
    (t) =>
      t.error === 'invalid_request' &&
      !/[a-z]_[a-z]|["'`:]/.test(textMember(t.answer, 'error_description') ?? '') &&
      !t.form.has('client_id') &&
      t.last?.request.headers.some(([name]) => name === 'authorization') === true,
  ],
  [
    /^client-authentication-not-supported$/,
    (t) =>
      refused(t) &&
      t.at('token', 'refresh', ...clientEndpoints) &&
      t.listed('token_endpoint_auth_methods_supported')?.includes(t.report.profile.clientAuthentication) ===
        false,
  ],
  [
    /^public-client-with-secret$/,
    (t, { evidence }) =>
      t.proved &&
      (evidence.join(' ').includes('of a public client')
        ? /public (?:client|app)|is (?:a )?public/i.test(t.words)
        : /secret|authenticat|credentials|authorization header/i.test(t.words)),
  ],
  [
    /^confidential-client-without-secret$/,
    (t) => t.at('token', 'refresh', ...clientEndpoints) && !t.proved && refused(t),
  ],
  [
    /^reserved-characters-in-basic$/,
    (t) => t.basic !== undefined && /[%+]/.test(Buffer.from(t.basic.slice(6), 'base64').toString()),
  ],
  [
    /^client-unknown-or-secret-wrong$/,
    (t, { title, evidence, steps, fixes }) => {
      const known = t.gave.filter((one) => clientIn(one) === clientIn(t.last));
      const advice = steps.join(' ');
      const suspects = title.includes('client ID') || advice.includes('client ID') || fixes.some(editsId);
      return (
        refused(t) &&
        (t.proved || !title.includes('secret')) &&
        (known.length === 0 || !suspects) &&
        (!evidence.join(' ').includes('earlier in this session') || known.length > 0) &&
        (!title.includes('it was last accepted') ||
          known.some((one) => t.form.has('client_assertion') || secretIn(one) === secretIn(t.last))) &&
        (!title.includes('secret') || t.proved)
      );
    },
  ],
  [/^secret-with-blanks$/, (t) => t.secret?.trim() !== t.secret],
  [/^secret-beyond-ascii$/, (t) => /[^\0-~]/.test(t.secret ?? '')],
  [/^secret-looks-like-an-id$/, (t) => /^[0-9a-f]{8}-/.test(t.secret ?? '')],
  [
    /^grant-not-supported$/,
    (t) =>
      (t.at('token', 'refresh', 'device', 'backchannel', 'par') || t.asked.has('response_type')) &&
      !workedBefore(t, 'grant_type') &&
      t
        .listed('grant_types_supported')
        ?.includes(t.form.get('grant_type') ?? grantOf(t.report.profile).grantType) === false,
  ],
  [
    /^grant-not-allowed$/,
    (t) =>
      ((t.at('token', 'refresh', 'device', 'backchannel', 'par') || t.asked.has('response_type')) &&
        ['unauthorized_client', 'unsupported_grant_type', 'invalid_grant_type'].some(
          (code) => code === t.error || t.words.includes(`error='${code}'`),
        )) ||
      (refused(t) &&
        /unsupported.*grant_type|grant type.*not supported|unauthorized grant|"grant_type"|\bflow\b.*\benabled/i.test(
          t.words,
        )),
  ],
  [
    /^refresh-token-not-taken$/,
    (t) => t.form.has('refresh_token') && /refresh.?token|刷新令牌/i.test(t.words),
  ],
  [
    /^redirect-uri-not-registered$/,
    (t, { evidence }) => {
      const sent = /^Sent: (.*)$/.exec(evidence[0] ?? '')?.[1];
      const asked = [
        t.asked.get('redirect_uri'),
        t.form.get('redirect_uri'),
        t.asked.get('post_logout_redirect_uri'),
      ];
      return asked.includes(sent ?? null) && (/redirect|KOE006/i.test(t.words) || t.redirect === undefined);
    },
  ],
  [/^redirect-uri-changed$/, (t) => t.form.get('redirect_uri') !== t.asked.get('redirect_uri')],
  [
    /^pkce-mismatch$/,
    (t, { evidence }) => {
      const fits =
        createHash('sha256')
          .update(t.form.get('code_verifier') ?? '')
          .digest('base64url') === t.asked.get('code_challenge');
      return evidence.join(' ').includes('is not the challenge')
        ? !fits
        : fits && /pkce|code.?(?:verifier|challenge)/i.test(t.words);
    },
  ],
  [/^code-too-old$/, () => false],
  [/^code-used-twice$/, () => false],
  [/^code-refused$/, (t) => t.form.has('code') && refused(t)],
  [/^refresh-token-rotated$/, (t) => t.form.has('refresh_token') && refused(t)],
  [/^no-refresh-token$/, (t) => t.report.kind === 'refresh_token' && t.all.length === 0],
  // The failure itself says what it was.
  [/^(?:input-missing|secret-unusable)$/, (t) => t.last === undefined],
  [/^secret-missing$/, (t) => t.last === undefined && t.report.profile.clientAuthentication !== 'none'],
  [
    /^clock-off$/,
    (t) =>
      t.all.some(({ response, endedAt = 0 }) => {
        const date = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
        return date !== undefined && Math.abs(endedAt - Date.parse(date)) > 30_000;
      }),
  ],
  [
    /^issuer-and-endpoint-differ$/,
    (t) =>
      t.at('token', 'refresh') &&
      t.documents.some(
        (document) =>
          URL.canParse(String(document['token_endpoint'])) &&
          new URL(String(document['token_endpoint'])).host !== new URL(issuer).host,
      ),
  ],
  [
    /^issuer-differs/,
    (t, { evidence }) =>
      t.documents.some(
        ({ issuer: named }) =>
          typeof named === 'string' && named !== issuer && evidence.includes(`Server: ${named}`),
      ),
  ],
  [
    /^nothing-published$/,
    (t, { title, evidence, fixes }) => {
      const missing = /names no (.+)\./.exec(title)?.[1]?.replaceAll(' ', '_');
      const good = t.documents.filter(
        ({ issuer: named }) => typeof named === 'string' && new URL(named).href === new URL(issuer).href,
      );
      if (missing === undefined) return good.length === 0 && t.last === undefined;
      // Its own field is what can be typed, and no other endpoint's.
      const typed = fixes.flatMap((fix) => (fix.kind === 'edit_profile' ? [fix.field] : []));
      const own = missing.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return (
        good.every((document) => document[missing] === undefined) &&
        evidence.includes('Its metadata was read.') === good.length > 0 &&
        typed.every((field) => field === 'issuer' || field === own)
      );
    },
  ],
  [
    /^answer-broken-off$/,
    (t) => t.all.some(({ response, error }) => response !== undefined && error !== undefined),
  ],
  [/^token-dialect-needed$/, (t) => typeof t.answer['isSuccess'] === 'boolean'],
  [
    /^body-not-taken$/,
    (t) => t.status(415) || (refused(t) && /content.?type|form-urlencoded|media type/i.test(t.words)),
  ],
  [
    /^two-client-authentications$/,
    (t) => refused(t) && /more than one|multiple|only one|one mechanism|body and headers/i.test(t.words),
  ],
  [
    /^client-authentication-not-found$/,
    (t) =>
      refused(t) &&
      t.proved &&
      /client (?:auth|cred)|auth(?:orization)?[ -]header|full authentication|not identified/i.test(t.words),
  ],
  [/^encryption-key-wanted$/, (t) => refused(t) && /kek|encrypt/i.test(t.words)],
  [/^parameter-twice$/, (t) => refused(t) && /duplicate|once|twice/i.test(t.words)],
  [
    /^no-access-token$/,
    (t) =>
      (t.token?.response?.status ?? 0) < 300 &&
      (typeof t.answer['access_token'] !== 'string' || t.answer['access_token'] === ''),
  ],
  [
    /^only-an-id-token$/,
    (t) => typeof t.answer['id_token'] === 'string' && typeof t.answer['access_token'] !== 'string',
  ],
  [/^prompt-none-not-alone$/, (t) => /\bnone .|. none\b/.test(t.asked.get('prompt') ?? '')],
  [
    /^wrong-address$/,
    (t, { title, evidence }) =>
      (isPage(t) || t.status(404, 405, 410)) &&
      t.gave.length > 0 === evidence.join(' ').includes('earlier in this session') &&
      (t.gave.length === 0 || !/is not at this address|should be|another address/.test(title)),
  ],
  [
    /^api-in-its-place$/,
    (t) =>
      /bearer|jwt|token|signature|'iss'/i.test(t.words) &&
      !t.bearer &&
      ![...t.form.keys()].some((name) => /token|assertion/.test(name)),
  ],
  [
    /^redirected$/,
    (t) =>
      t.all.some(
        ({ response, leg }) =>
          leg === 'extension' && (response?.status ?? 0) >= 300 && (response?.status ?? 0) < 400,
      ),
  ],
  [
    /^server-in-trouble$/,
    (t) =>
      t.all.some(({ response, leg }) => leg === 'extension' && (response?.status ?? 0) >= 500) ||
      ['server_error', 'temporarily_unavailable'].includes(String(t.error)) ||
      /system error|system busy|internal error|try again/i.test(t.words),
  ],
  [/^asked-too-often$/, (t) => t.status(429) || /flood control|rate limit|too many requests/i.test(t.words)],
  [
    /^user-said-no$/,
    (t) =>
      t.asked.has('response_type') &&
      /^(?:access_denied|user_cancelled_\w+)$/.test(t.redirect?.get('error') ?? ''),
  ],
  [
    /^user-has-to-act$/,
    (t, { title, evidence }) =>
      String(t.error).endsWith('_required') &&
      (!evidence.join(' ').includes('prompt=none') || t.asked.get('prompt') === 'none') &&
      (!title.includes('was not asked') || t.redirect !== undefined || t.at('par')),
  ],
  [/^nobody-came-back$/, (t) => t.redirect === undefined && !t.all.some(({ unmatched }) => unmatched)],
  [
    /^redirect-not-tied-no-state$/,
    (t) =>
      t.redirect === undefined &&
      t.all.some(({ request, unmatched }) => unmatched && stateIn(request.url) === undefined),
  ],
  [
    /^redirect-not-tied-other-state$/,
    (t) =>
      t.redirect === undefined &&
      t.all.some(({ request, unmatched }) => unmatched && stateIn(request.url) === 'another'),
  ],
  [
    /^redirect-code_missing$/,
    (t) => t.redirect !== undefined && !t.redirect.has('error') && (t.redirect.get('code') ?? '') === '',
  ],
  [
    /^redirect-iss_missing$/,
    (t) =>
      t.redirect?.has('iss') === false &&
      t.documents.at(-1)?.['authorization_response_iss_parameter_supported'] === true,
  ],
  [
    /^redirect-iss_wrong$/,
    (t) => t.redirect?.has('iss') === true && t.redirect.get('iss') !== t.documents.at(-1)?.['issuer'],
  ],
  [/^target-unknown$/, (t) => t.error === 'invalid_target'],
  [
    /^insecure-url$/,
    (t, { evidence, fixes }) => {
      const [, member = '', url = ''] = /^(\w+): (.*)$/.exec(evidence[0] ?? '') ?? [];
      const own = member.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return (
        url.startsWith('http://') &&
        t.documents.some((document) => document[member] === url) &&
        fixes.every((fix) => fix.kind === 'edit_profile' && fix.field === own)
      );
    },
  ],
  [/^invalid-profile$/, () => true],
  [
    /^port-busy$/,
    ({ all, report: { profile } }, { title }) =>
      all.every(({ leg }) => leg === 'extension') &&
      hasRedirect(profile) &&
      title.includes(`port ${new URL(profile.redirectUri).port}.`),
  ],
  [
    /^browser-not-opened$/,
    (t) =>
      t.redirect === undefined &&
      t.all.some(({ leg }) => leg === 'browser') &&
      !t.all.some(({ unmatched }) => unmatched),
  ],
  [
    /^vault$/,
    (t, { evidence }) =>
      t.last === undefined &&
      t.report.profile.clientAuthentication !== 'none' &&
      ['timeout', 'failed', 'incomplete', 'too_large'].includes(evidence.join()),
  ],
  [/^response-too-large$/, (t) => t.all.some(({ response }) => (response?.body.length ?? 0) >= 1_000_000)],
  [
    /^client-certificate-wanted$/,
    (t) => /certificate|tls client auth/i.test(t.words) || t.lost(/ALERT_CERTIFICATE_REQUIRED/),
  ],
  [
    /^client-assertion-wanted$/,
    (t) => /assertion|private_key_jwt/i.test(t.words) && !t.form.has('client_assertion'),
  ],
  [/^dpop-proof-wanted$/, (t) => /dpop/i.test(t.words)],
  [
    /^pushed-request-wanted$/,
    (t) =>
      !t.asked.has('request_uri') &&
      (/pushed/i.test(t.words) || t.documents.at(-1)?.['require_pushed_authorization_requests'] === true),
  ],
  [
    /^signed-request-wanted$/,
    (t) =>
      !t.asked.has('request') &&
      (/request.object/i.test(t.words) || t.documents.at(-1)?.['require_signed_request_object'] === true),
  ],
  [/^invalid-id-token$/, idTokenTruth],
  ...connectionTruths,
  ...otherTruths,
  ...apiTruths,
];
