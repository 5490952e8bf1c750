import { withoutQuery } from '../../http/ends.ts';
import { plainText } from '../../http/plainText.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import { recogniseProvider } from '../recognise.ts';
import { said, wasRefused, findsNothing, type Rule } from '../rule.ts';
import type { QuickFix } from '../quickFix.ts';
import { rfc } from '../../source.ts';
import { headerValue } from '../../record/exchange.ts';
import { sentParameters } from '../sentParameters.ts';
import { tellingWords } from '../tellingWords.ts';
import { firewallRefused, wafHeader } from '../topics/operator.ts';
import { address } from '../usualFixes.ts';

/** An answer in the form of a token dialect that the profile does not use. */
export const dialectNeeded: Rule = (facts) => {
  const { failure, catalogue, exchange, profile, provider } = facts;
  if (failure.step !== 'token' && failure.step !== 'refresh') return [];
  const body = exchange?.response?.body.slice(0, 4096) ?? '';
  const speaker = recogniseProvider(catalogue, {}, undefined, exchange ? [exchange] : []).provider;
  const dialect = speaker.tokenDialect;
  const inUse = profile.tokenDialect ?? provider.provider.tokenDialect?.name;
  const spoken = profile.tokenDialect ?? (provider.how === 'named' ? inUse : undefined);
  if (!dialect || spoken === dialect.name || !body.trimStart().startsWith('{')) return [];
  if (failure.kind === 'oauth_error' && failure.body.error !== 'error') return [];
  return [
    {
      id: 'token-dialect-needed',
      weight: 90,
      title: `The token endpoint does not keep to OAuth’s form, but to that of “${dialect.name}”.`,
      evidence: [`Its answer has the form that ${speaker.name} gives.`],
      steps: ['Set the token dialect of the profile: it translates requests and answers.'],
      fixes: [{ kind: 'set_token_dialect', tokenDialect: dialect.name }],
      source: rfc(6749, '5.1'),
    },
  ];
};

/** A body that is not taken for its content type. @see RFC 9110 section 15.5.16 */
export const bodyNotTaken: Rule = (facts) => {
  const { exchange, status, profile, provider } = facts;
  const told = ofTheContentType(facts);
  if ((status !== 415 && told === undefined) || !exchange || facts.failure.step === 'api') return [];
  const sent = headerValue(exchange.request.headers, 'content-type') ?? form;
  const answer = exchange.response?.headers ?? [];
  const taken = plainText(headerValue(answer, 'accept-post') ?? headerValue(answer, 'accept') ?? '', 200);
  const isForm = sent.startsWith(form);
  const saysNone = told !== undefined && (told.includes(form) || /\bmissing\b/i.test(told));
  if (saysNone && isForm && !/\bnot\b|unsupported/i.test(told)) return [changedOnTheWay(facts, sent)];
  const dialect = profile.tokenDialect ?? provider.provider.tokenDialect?.name;
  return [
    {
      id: 'body-not-taken',
      weight: 72,
      title: isForm
        ? 'This address does not take a form, which is what OAuth sends.'
        : `This address does not take ${plainText(sent, 100)}.`,
      evidence: [
        `Sent was the content type ${plainText(sent, 100)}.`,
        ...(taken === '' ? [] : [`The answer says what it takes: ${taken}.`]),
      ],
      steps: isForm
        ? [
            'Check the address: that of an API or a login may take JSON only.',
            'If the server’s documentation wants JSON there, have the server take forms, too, or set a token dialect that has its names.',
          ]
        : [
            'Check the address against the server’s documentation.',
            ...(dialect === undefined
              ? []
              : [
                  `The token dialect “${plainText(dialect, 60)}” makes the body: remove it if the server takes forms.`,
                ]),
          ],
      fixes: address(facts),
      source: rfc(9110, '15.5.16'),
    },
  ];
};

const form = 'application/x-www-form-urlencoded';

/** What a server that gives another status than 415 says of the body's content type. */
function ofTheContentType(facts: Facts): string | undefined {
  if (!wasRefused(facts)) return undefined;
  return tellingWords(facts).find((sentence) =>
    /x-www-form-urlencoded|unsupported media type|content-type['"]? (?:header|is|must|not)|\bmissing (?:the )?(?:header:? )?['"]?content-type/i.test(
      sentence,
    ),
  );
}

/** A server that takes forms only, and got one as far as this end knows. */
function changedOnTheWay(facts: Facts, sent: string): Cause {
  return {
    id: 'body-not-taken',
    weight: 86,
    title: 'The server takes a form, and says that none came, though one was sent.',
    evidence: [`Sent was the content type ${plainText(sent, 100)}.`],
    steps: [
      'See whether a proxy or gateway on the way changes the body or its Content-Type.',
      'Check the address: one that redirects (http to https) loses the body.',
    ],
    fixes: address(facts),
    source: rfc(6749, '4.1.3'),
  };
}

/** A success without the one member that matters. @see RFC 6749 section 5.1 */
export const noAccessToken: Rule = (facts) => {
  const { failure, profile, provider } = facts;
  if (failure.kind !== 'malformed_response' || failure.code !== 'no_access_token') return [];
  const dialect = profile.tokenDialect ?? provider.provider.tokenDialect?.name;
  if (/"id_token"\s*:\s*"/.test(facts.exchange?.response?.body ?? '')) return [onlyIdToken(facts)];
  return [
    {
      id: 'no-access-token',
      weight: 50,
      title: 'The answer is a success, but no access token is where one is looked for.',
      evidence: [
        plainText(failure.message),
        dialect === undefined
          ? 'It is looked for as access_token, as OAuth has it.'
          : `It is looked for as the token dialect “${plainText(dialect, 60)}” says.`,
      ],
      steps: [
        'Compare the answer in the flow view with the server’s documentation.',
        'Check the token endpoint: another address of the same server may give other answers.',
        'If the token is there under another name or inside another object, set a token dialect that takes it from there.',
      ],
      fixes: address(facts),
      source: rfc(6749, '5.1'),
    },
  ];
};

/** The user signed in, and no API was named that an access token could be for. */
function onlyIdToken({ profile }: Facts): Cause {
  const asked = profile.scopes.filter((scope) => !signInScopes.includes(scope));
  return {
    id: 'only-an-id-token',
    weight: 80,
    title:
      asked.length === 0
        ? 'No scope of an API was asked for, so only an id_token came.'
        : 'Only an id_token came: none of the scopes asked for is one of an API here.',
    evidence: [
      'The answer holds an id_token, which says who signed in and opens no API.',
      profile.scopes.length === 0
        ? 'The profile asks for no scope.'
        : `The profile asks for ${plainText(profile.scopes.join(' '), 300)}.`,
    ],
    steps: [
      'Add the scope of the API that the token is for, as the server names it, and sign in again.',
      'The id_token itself stands in the answer in the flow view; “Decode Token” shows what is in it.',
    ],
    fixes: [{ kind: 'edit_profile', field: 'scopes' }],
    source: rfc(6749, '5.1'),
  };
}

/** Scopes about the user and the sign-in, of no API. @see OpenID Connect Core 1.0 sections 5.4 and 11 */
const signInScopes = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

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
  const page = /^\s*(?:<\?xml[^<>]{0,100}>\s*)?<(?:!doctype html|html)/i.test(
    exchange?.response?.body.slice(0, 200) ?? '',
  );
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
  return [
    {
      id: 'wrong-address',
      weight: notThere ? 75 : failure.step === 'api' ? 55 : 65,
      title,
      evidence: [
        `Asked was ${shortUrl(exchange?.request.url ?? '') || `the ${named}`}.`,
        ...methodsTaken(facts),
        ...(page
          ? ['The answer is a web page, as a login form, a proxy or another application sends one.']
          : []),
      ],
      steps: [
        isOwn
          ? 'The registration may have ended there: register the client again.'
          : `Compare the ${named} with the server’s documentation.`,
        ...(step === undefined ? [] : [step]),
      ],
      fixes: isOwn ? [] : address(facts),
    },
  ];
};

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

const editIssuer: QuickFix = { kind: 'edit_profile', field: 'issuer' };

/** A redirect in the place of an answer. @see RFC 9700 section 4.12 */
export const redirectedElsewhere: Rule = (facts) => {
  const { failure, profile, exchange } = facts;
  if (failure.kind !== 'redirected') return [];
  const from = exchange?.request.url ?? profile.tokenEndpoint ?? profile.issuer ?? '';
  const to =
    failure.location !== undefined && URL.canParse(failure.location, from)
      ? new URL(failure.location, from)
      : undefined;
  const place = placeOf(from, to, facts);
  return [
    {
      id: 'redirected',
      weight: 70,
      title: failure.location === undefined ? noLocation : redirects[place],
      evidence: [
        `Asked was ${shortUrl(from)}`,
        failure.location === undefined
          ? 'The answer has no Location.'
          : `Sent to ${to ? shortUrl(to.href) : 'an address that is none'}`,
        ...(failure.tried === undefined ? [] : [`Asked: ${failure.tried.join('; ')}`]),
      ],
      steps: [
        place === 'between'
          ? 'Open the address in a browser on this machine and do what its page wants, or have the proxy let the request through.'
          : 'Use the address that answers itself, exactly as the server documents it.',
      ],
      fixes: to === undefined ? [] : redirectFixes(facts, place, from, to),
      source: rfc(9700, '4.12'),
    },
  ];
};

const noLocation = 'The server answers with a redirect, but does not say where to.';

/** What is where a redirect leads, as far as its address tells. */
const redirects = {
  between:
    'The request is sent to another host, which is to send it back: a proxy or a login stands between.',
  metadata_login:
    'The server sends the request for its metadata to a login page: a gateway stands before it, or the issuer is another one.',
  login: 'The server sends to a login page: this is not the endpoint, or a gateway stands before it.',
  moved: 'The endpoint is at another address.',
  elsewhere:
    'The server sends the request elsewhere: the endpoint is there, or is not where it was asked for.',
} as const;

function placeOf(from: string, to: URL | undefined, { failure }: Facts): keyof typeof redirects {
  if (to === undefined) return 'elsewhere';
  const asked = new URL(from);
  const isDiscovery = failure.step === 'discovery';
  // A page that is to send back here has the address in its query.
  const back = [...to.searchParams.values()].some((value) => value.includes(asked.host));
  if (back && to.host !== asked.host) return 'between';
  // Issuers have such words in their paths, too.
  const words = isDiscovery ? /log[-_]?in|sign[-_]?in/i : /log[-_]?in|sign[-_]?in|sso|saml|auth\//i;
  if (words.test(to.pathname)) return isDiscovery ? 'metadata_login' : 'login';
  return lastName(to) === lastName(asked) ? 'moved' : 'elsewhere';
}

function redirectFixes(
  facts: Facts,
  place: keyof typeof redirects,
  from: string,
  to: URL,
): readonly QuickFix[] {
  if (place === 'between' || place === 'login') return [];
  return place === 'metadata_login' ? [editIssuer] : moved(facts, new URL(from), to);
}

/** The last name of a path; a slash behind it does not count. */
function lastName({ pathname }: URL): string | undefined {
  return pathname.split('/').findLast((name) => name !== '');
}

/** The new address, when it is the same host over https or with another slash: nothing else is safe to take over. */
function moved(facts: Facts, from: URL, to: URL): readonly QuickFix[] {
  const { failure, profile } = facts;
  const sameHost = to.hostname === from.hostname && to.protocol === 'https:';
  if (failure.kind === 'redirected' && failure.workingIssuer !== undefined)
    return [{ kind: 'set_issuer', issuer: failure.workingIssuer }];
  const isToken = failure.step === 'token' || failure.step === 'refresh';
  // Whether another host is the same server’s, the user decides.
  if (!sameHost || profile.tokenEndpoint === undefined || !isToken) return address(facts);
  return [{ kind: 'set_token_endpoint', tokenEndpoint: shortUrl(to.href) }];
}

/** What a proxy says of itself, in a header that the most common one sends with every error of its own. */
function ofProxy({ exchange }: Facts): string | undefined {
  return headerValue(exchange?.response?.headers ?? [], 'x-squid-error');
}

/** A proxy that did not get through, or refuses: the server never saw the request. @see RFC 9110 section 15.6.3 */
export const proxyFailed: Rule = (facts) => {
  const told = ofProxy(facts);
  if (told === undefined || !wasRefused(facts) || facts.status === 407) return [];
  return [
    {
      id: 'proxy-failed',
      weight: 90,
      title: 'A proxy on the way answered in the place of the server.',
      evidence: [`The answer has X-Squid-Error: ${plainText(told, 60)}.`],
      steps: [
        'Check the host name and port of the address.',
        'Ask whoever runs the proxy whether it may reach them.',
      ],
      fixes: address(facts),
    },
  ];
};

/** A firewall that names itself in a header, whatever status and page it sends: that of AWS does. */
export const firewallNamed: Rule = ({ exchange }) => {
  const action = headerValue(exchange?.response?.headers ?? [], wafHeader);
  if (action === undefined) return [];
  return [
    {
      id: 'firewall',
      weight: 90,
      title: firewallRefused,
      evidence: [`The answer has X-Amzn-Waf-Action: ${plainText(action, 60)}.`],
      steps: [
        'Ask whoever runs the server to let this request through: no client but a browser solves its puzzle.',
      ],
      fixes: [{ kind: 'run_again' }],
    },
  ];
};

/** A server in trouble or asked too often. @see RFC 9110 section 15.6 */
export const serverInTrouble: Rule = (facts) => {
  const { failure, error, exchange } = facts;
  if (ofProxy(facts) !== undefined) return [];
  const status = 'status' in failure ? (failure.status ?? 0) : 0;
  const named = error === 'server_error' || error === 'temporarily_unavailable';
  if (!named && status < 500 && status !== 429) return [];
  const often = status === 429;
  const wait = plainText(headerValue(exchange?.response?.headers ?? [], 'retry-after') ?? '', 60);
  const seconds = /^[1-9]\d{1,6}$/.test(wait) ? ` ${Number(wait)} seconds, as the server asks,` : ' a little';
  return [
    {
      id: often ? 'asked-too-often' : 'server-in-trouble',
      // A server in trouble cannot know that it refuses the client.
      weight: status === 401 ? 44 : 70,
      title: often ? 'The server limits how often it is asked.' : 'The server itself has a problem.',
      evidence: [
        status === 0 ? `The server said ${error ?? ''}.` : `The answer has status ${status}.`,
        ...(wait === '' ? [] : [`Its Retry-After is ${wait}.`]),
      ],
      steps: [`Wait${seconds} and run again.`, 'If it stays, look into the server’s log or status page.'],
      fixes: [{ kind: 'run_again' }],
      source: rfc(9110, '15.6'),
    },
  ];
};

function shortUrl(url: string): string {
  return withoutQuery(url).slice(0, 300);
}
