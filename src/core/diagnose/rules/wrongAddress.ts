import { plainText } from '../../http/plainText.ts';
import { headerValue } from '../../record/exchange.ts';
import { rfc } from '../../source.ts';
import { addressShown } from '../addressShown.ts';
import { inBrowser } from '../asked.ts';
import type { Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import type { QuickFix } from '../quickFix.ts';
import { findsNothing, refusedSilently, said, wasRefused, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { saysOnlyStatus } from '../statusAlone.ts';
import { ownWords, tellingWords } from '../tellingWords.ts';
import { near } from '../topics/words.ts';
import { address } from '../usualFixes.ts';
import { worked } from '../worked.ts';
import { ofProxy } from './between.ts';

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

/** The endpoint that was asked, by what it is called. */
function endpointOf({ exchange, failure }: Facts): string {
  return otherEndpoints[exchange?.purpose ?? failure.step] ?? 'token endpoint';
}

/** A page, a proxy or nothing where an answer should be. */
export const wrongAddress: Rule = (facts) => {
  const { failure, exchange, status = 0 } = facts;
  const page = isPage(facts);
  const notThere = isNotThere(facts);
  const isApi = failure.step === 'api' && exchange?.purpose !== 'userinfo';
  if (isApi || failure.step === 'discovery' || ofProxy(facts) !== undefined || tooLarge.has(status))
    return [];
  if (!notThere && !(page && ['http_error', 'malformed_response'].includes(failure.kind))) return [];
  const named = endpointOf(facts);
  const before = worked(facts).address;
  const { title, steps } = before ? changed(notThere) : found(named, notThere, page, status);
  // It came with the registration: no field of the profile has it.
  const isOwn = exchange?.purpose === 'registered_client';
  return [
    {
      id: 'wrong-address',
      weight: notThere ? 75 : failure.step === 'api' ? 55 : 65,
      title,
      evidence: [
        exchange === undefined ? `Asked was the ${named}.` : askedAt(exchange.request.url),
        ...(before ? [gaveToken] : []),
        ...methodsTaken(facts),
        ...(page
          ? ['The answer is a web page, as a login form, a proxy or another application sends one.']
          : []),
      ],
      steps: isOwn
        ? ['The registration may have ended there: register the client again.', ...steps.slice(1)]
        : steps,
      fixes: isOwn ? [] : [...(before ? [runAgain] : []), ...address(facts)],
    },
  ];
};

const askedAt = (url: string): string => `Asked was ${addressShown(url)}.`;
const gaveToken = 'The same address gave a token earlier in this session.';
const runAgain: QuickFix = { kind: 'run_again' };
const wantsLogin = 'Check whether a proxy or VPN wants a login first.';
/** Statuses of a request that is too large, wherever it went. @see RFC 9110 section 15.5.14, RFC 6585 section 5 */
const tooLarge: ReadonlySet<number> = new Set([413, 414, 431, 494]);

interface Told {
  readonly title: string;
  readonly steps: readonly string[];
}

/** What is at an address that was the right one a while ago. */
function changed(notThere: boolean): Told {
  return {
    title: notThere
      ? 'The token endpoint is not there any more, or something stands before it now.'
      : 'A web page answers: something stands before the token endpoint now.',
    steps: [
      'Check whether a proxy or VPN wants a login first, and run again.',
      'If it stays, ask whoever runs the server what has changed there.',
    ],
  };
}

function found(named: string, notThere: boolean, page: boolean, status: number): Told {
  const compare = `Compare the ${named} with the server’s documentation.`;
  if (notThere)
    return { title: `The ${named} is not at this address.`, steps: page ? [compare, wantsLogin] : [compare] };
  if (status === 403)
    return {
      title: `A web page forbids the request: a gateway or firewall stands before the ${named}, or that is at another address.`,
      steps: [compare, 'Read the page: a number in it is for whoever runs the gateway.'],
    };
  return { title: `A web page answers where the ${named} should be.`, steps: [compare, wantsLogin] };
}

function isPage({ exchange }: Facts): boolean {
  return /^\s*(?:<\?xml[^<>]{0,100}>\s*)?<(?:!doctype html|html)/i.test(
    exchange?.response?.body.slice(0, 200) ?? '',
  );
}

/** Words of gateways about a token that an API wants: Envoy, Kong, Apigee, Azure, AWS, APISIX. */
const ofToken = new RegExp(
  String.raw`${
    near(
      String.raw`jwts?|jwks?|(?:access|bearer|auth|id)[ _-]?tokens?`,
      String.raw`missing|required|invalid|expired|fails?|failed|malformed|not (?:found|present|provided|allowed|configured|valid|in the form)|empty|no|doesn't`,
      40,
    ).source
  }|^token (?:is |has )?expired$|^invalid signature$|\bgiven 'iss'`,
  'i',
);

/** A token of a page, of AWS's signatures, or one that was to be made. */
const ofOtherToken =
  /csrf|xsrf|missing authentication token|\b(?:get|obtain|generat|creat|issu)\w* (?:an? |the )?(?:\w+ ){0,2}tokens?/i;

/**
 * A token is refused where none was sent: that is an API's refusal, as a userinfo endpoint or a gateway gives it, which stands in
 * the place of the token endpoint. @see RFC 6750 section 3.1
 */
export const apiInItsPlace: Rule = (facts) => {
  const { failure, exchange, challenges, error = '', status = 0 } = facts;
  if (failure.step !== 'token' || exchange === undefined || !wasRefused(facts)) return [];
  const asks = said(facts, 'invalid_token') && challenges.some(({ scheme }) => scheme === 'bearer');
  const isNamed = errorMeaning(error.toLowerCase(), failure.step) !== undefined;
  const speaks =
    !isNamed &&
    !isPage(facts) &&
    [400, 401, 403].includes(status) &&
    tellingWords(facts).some((text) => ofToken.test(text) && !ofOtherToken.test(text));
  const sent = /^(?!basic )./i.test(headerValue(exchange.request.headers, 'authorization') ?? '');
  const names = [...sentParameters(exchange).keys()];
  if (
    !(asks || speaks) ||
    sent ||
    !names.includes('grant_type') ||
    names.some((name) => /token|assertion/.test(name))
  )
    return [];
  return [
    {
      id: 'api-in-its-place',
      weight: 76,
      title:
        'What answers wants an access token: it is an API or the userinfo endpoint, not the token endpoint.',
      evidence: [askedAt(exchange.request.url), 'It refuses an access token, and none was sent.'],
      steps: ['Compare the token endpoint with the server’s documentation.'],
      fixes: address(facts),
      source: rfc(6750, '3.1'),
    },
  ];
};

/** Who writes 403 and no more is no token endpoint, which has codes for what it refuses. @see RFC 6749 section 5.2 */
export const forbiddenAlone: Rule = (facts) => {
  const { failure, status, exchange, challenges } = facts;
  if (status !== 403 || isPage(facts) || challenges.length > 0 || ofProxy(facts) !== undefined) return [];
  const amazon = headerValue(exchange?.response?.headers ?? [], 'x-amzn-errortype');
  const isApi = failure.step === 'api';
  const is = isApi
    ? amazon?.startsWith('ForbiddenException') === true
    : wasRefused(facts) && !inBrowser(facts);
  if (!is || !saysOnlyStatus(facts)) return [];
  const named = isApi ? 'API' : endpointOf(facts);
  return [
    {
      id: 'gateway-refused',
      // Some servers refuse wrong credentials with nothing at all.
      weight: isApi ? 72 : refusedSilently(facts) ? 42 : 55,
      title: `What answers forbids the request and says no more: a gateway or firewall before the ${named}, or another address.`,
      evidence: [
        ...(exchange === undefined ? [] : [askedAt(exchange.request.url)]),
        ...(isApi ? [] : ['A token endpoint says why it refuses, by an error code of OAuth.']),
        ...(worked(facts).address ? [gaveToken] : []),
        ...whoAnswers(facts),
      ],
      steps: [
        amazon === undefined
          ? `Compare the ${named} with the server’s documentation: host, path and stage count.`
          : 'Amazon API Gateway answers so where nothing is deployed at this name and stage, where its API key (x-api-key) is missing, and where a firewall or policy forbids the request.',
        'Ask whoever runs the gateway what it wants: a key of its own, another network, or a rule that lets the request through.',
      ],
      fixes: isApi ? [] : address(facts),
      source: rfc(6749, '5.2'),
    },
  ];
};

/** By which fields of its header an answer names who wrote it, or whom it came through. @see RFC 9110 sections 7.6.3 and 10.2.4 */
const telling = ['server', 'via', 'x-amzn-errortype'] as const;

function whoAnswers({ exchange }: Facts): readonly string[] {
  return telling.flatMap((name) => {
    const value = plainText(headerValue(exchange?.response?.headers ?? [], name) ?? '', 80);
    return value === '' ? [] : [`Its header has ${name}: ${value}`];
  });
}

/** A request that is larger than what is taken. @see RFC 9110 section 15.5.14, RFC 6585 section 5 */
export const requestTooLarge: Rule = (facts) => {
  const { failure, status = 0, words } = facts;
  const isApi = failure.step === 'api';
  if (!isApi && !wasRefused(facts)) return [];
  const told =
    /\b(?:headers?(?: fields?)?|cookies?|entity|payload|request(?:-?ur[il]|body)?) (?:is |are )?too (?:large|long|big)\b/i.test(
      words.slice(0, 2000),
    );
  if (!tooLarge.has(status) && !(status === 400 && told)) return [];
  return [
    {
      id: 'request-too-large',
      weight: 82,
      title: 'The request is larger than what answers there takes.',
      evidence: [told ? ownWords : `Its status is ${status}.`],
      steps: [
        isApi
          ? 'A token with many claims, such as groups, makes the header long: ask for one with fewer, or have the API’s server take longer headers.'
          : 'Look in the flow view at what makes the request long: an assertion, a certificate, authorization details, or scopes.',
        'Have whoever runs the server, or the proxy before it, allow larger requests.',
      ],
      fixes: [],
      source: rfc(9110, '15.5.14'),
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

/** What a refused method should have been. @see RFC 9110 section 15.5.6 */
function methodsTaken({ status, exchange }: Facts): readonly string[] {
  const allowed = plainText(headerValue(exchange?.response?.headers ?? [], 'allow') ?? '', 100);
  if (status !== 405 || allowed === '') return [];
  const sent = plainText(exchange?.request.method ?? '', 20);
  return [`Its Allow says that it takes ${allowed}; sent was ${sent}.`];
}
