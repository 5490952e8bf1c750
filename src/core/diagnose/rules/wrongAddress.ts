import { plainText } from '../../http/plainText.ts';
import { headerValue } from '../../record/exchange.ts';
import { rfc } from '../../source.ts';
import type { Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import { findsNothing, said, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { address } from '../usualFixes.ts';
import { ofProxy } from './between.ts';
import { shortUrl } from './redirected.ts';

/** Endpoints other than that for tokens, by what is asked of them. */
const otherEndpoints: Readonly<Record<string, string>> = {
  device: 'device authorization endpoint',
  backchannel: 'backchannel authentication endpoint',
  par: 'endpoint for pushed requests',
  registration: 'registration endpoint',
  registered_client: 'client configuration endpoint',
  revocation: 'revocation endpoint',
  introspection: 'introspection endpoint',
  userinfo: 'userinfo endpoint',
};

/** A page, a proxy or nothing where an answer should be. */
export const wrongAddress: Rule = (facts) => {
  const { failure, exchange } = facts;
  const page = isPage(facts);
  const notThere = isNotThere(facts);
  const isApi = failure.step === 'api' && exchange?.purpose !== 'userinfo';
  if (isApi || failure.step === 'discovery' || ofProxy(facts) !== undefined) return [];
  if (!notThere && !(page && ['http_error', 'malformed_response'].includes(failure.kind))) return [];
  const named = otherEndpoints[exchange?.purpose ?? failure.step] ?? 'token endpoint';
  const { title, step } = notThere
    ? { title: `The ${named} is not at this address.`, step: page ? wantsLogin : undefined }
    : pageInItsPlace(named, facts.status === 403);
  // It came with the registration: no field of the profile has it.
  const isOwn = exchange?.purpose === 'registered_client';
  const compare = isOwn
    ? 'The registration may have ended there: register the client again.'
    : `Compare the ${named} with the server’s documentation.`;
  return [
    {
      id: 'wrong-address',
      weight: notThere ? 75 : failure.step === 'api' ? 55 : 65,
      title,
      evidence: [
        `Asked was ${shortUrl(exchange?.request.url ?? '') || `the ${named}`}.`,
        ...methodsTaken(facts),
        ...(page ? [ofPage] : []),
      ],
      steps: [compare, ...(step === undefined ? [] : [step])],
      fixes: isOwn ? [] : address(facts),
    },
  ];
};

const ofPage = 'The answer is a web page, as a login form, a proxy or another application sends one.';

function isPage({ exchange }: Facts): boolean {
  const start = exchange?.response?.body.slice(0, 200) ?? '';
  return /^\s*(?:<\?xml[^<>]{0,100}>\s*)?<(?:!doctype html|html)/i.test(start);
}

/** A token is refused where none was sent: that is an API's refusal, as a userinfo endpoint gives it. @see RFC 6750 section 3.1 */
export const apiInItsPlace: Rule = (facts) => {
  const { failure, exchange, challenges } = facts;
  if (failure.step !== 'token' || exchange === undefined || !said(facts, 'invalid_token')) return [];
  const asks = challenges.some(({ scheme }) => scheme === 'bearer');
  const sent = /^(?!basic )./i.test(headerValue(exchange.request.headers, 'authorization') ?? '');
  const names = [...sentParameters(exchange).keys()];
  if (!asks || sent || !names.includes('grant_type') || names.some((name) => /token|assertion/.test(name)))
    return [];
  return [
    {
      id: 'api-in-its-place',
      weight: 76,
      title:
        'What answers wants an access token: it is an API or the userinfo endpoint, not the token endpoint.',
      evidence: [
        `Asked was ${shortUrl(exchange.request.url)}.`,
        'It refuses an access token, and none was sent.',
      ],
      steps: ['Compare the token endpoint with the server’s documentation.'],
      fixes: address(facts),
      source: rfc(6750, '3.1'),
    },
  ];
};

/** Whether the status says that there is nothing, and nothing else in the answer is the endpoint's own. */
function isNotThere(facts: Facts): boolean {
  const { failure, error = '', status = 0 } = facts;
  const unknownCode =
    failure.kind === 'oauth_error' && errorMeaning(error, failure.step) === undefined && !findsNothing(facts);
  return (failure.kind === 'http_error' || unknownCode) && [404, 405, 410].includes(status);
}

const wantsLogin = 'Check whether a proxy or VPN wants a login first.';

/** What a page says that came where an endpoint should be. */
function pageInItsPlace(named: string, forbids: boolean): { readonly title: string; readonly step: string } {
  return forbids
    ? {
        title: `A web page forbids the request: a gateway or firewall stands before the ${named}, or that is at another address.`,
        step: 'Read the page: a number in it is for whoever runs the gateway.',
      }
    : { title: `A web page answers where the ${named} should be.`, step: wantsLogin };
}

/** What a refused method should have been. @see RFC 9110 section 15.5.6 */
function methodsTaken({ status, exchange }: Facts): readonly string[] {
  const allowed = plainText(headerValue(exchange?.response?.headers ?? [], 'allow') ?? '', 100);
  if (status !== 405 || allowed === '') return [];
  const sent = plainText(exchange?.request.method ?? '', 20);
  return [`Its Allow says that it takes ${allowed}; sent was ${sent}.`];
}
