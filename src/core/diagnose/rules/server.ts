import { headerValue } from '../../record/exchange.ts';
import type { Failure } from '../../record/failure.ts';
import { grantOf } from '../../grants/all.ts';
import { workingIssuer } from '../../oauth/discoveryFailure.ts';
import { hasRedirect } from '../../profile/profile.ts';
import { editMember, type QuickFix } from '../quickFix.ts';
import { issuerOfDocument } from '../../profile/issuerOfDocument.ts';
import { trimEnd } from '../../http/ends.ts';
import { plainText } from '../../http/plainText.ts';
import type { Facts } from '../facts.ts';
import { answersIn, saysAddress } from '../addressTemplate.ts';
import type { Provider } from '../provider.ts';
import { recogniseProvider } from '../recognise.ts';
import { lifeOf } from '../tokenFacts.ts';
import { clientRefused, type Rule } from '../rule.ts';
import { worked } from '../worked.ts';
import { rfc } from '../../source.ts';

/** Seconds that a server's clock may differ from ours before we speak of it. */
const tolerated = 30;

/** Our clock or the server's is off, as the `Date` of its answer shows. @see RFC 9110 section 6.6.1 */
export const clockOff: Rule = (facts) => {
  const { failure } = facts;
  const off = clockDifference(facts);
  if (off === undefined || Math.abs(off) <= tolerated) return [];
  const ended = off < 0 && endedThere(facts, -off);
  const timed =
    failure.kind === 'invalid_id_token' &&
    ['exp', 'nbf', 'iat'].includes(failure.code) &&
    (failure.problem ?? 'wrong') === 'wrong';
  if (!timed && failure.kind !== 'oauth_error' && failure.kind !== 'http_error') return [];
  return [
    {
      id: 'clock-off',
      weight: timed || ended ? 94 : 50,
      title: `The clock of this machine is ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} the server’s.`,
      evidence: [
        'The Date field of its answer says so.',
        ...(ended ? ['By that clock the token has ended; by the one here it lives.'] : []),
      ],
      steps: ['Set the clock of this machine (or of the server) by the network.'],
      fixes: [{ kind: 'run_again' }],
      source: rfc(9110, '6.6.1'),
    },
  ];
};

/** Whether the token lives by our clock and has ended by one that is `ahead` by so many seconds. */
function endedThere(facts: Facts, ahead: number): boolean {
  const { failure, token, exchange, status } = facts;
  if (failure.step !== 'api' || status !== 401 || token?.expiresAt === undefined || !exchange) return false;
  return lifeOf(facts).live && token.expiresAt <= exchange.startedAt + ahead * 1000;
}

/** Our time minus the server's in whole seconds; absent without a usable `Date`. */
function clockDifference({ exchange, exchanges }: Facts): number | undefined {
  for (const { response, endedAt, leg } of [...(exchange ? [exchange] : []), ...exchanges.slice(-20)]) {
    const date = response && headerValue(response.headers, 'date');
    const theirs = date === undefined ? NaN : Date.parse(date.slice(0, 64));
    if (leg === 'extension' && endedAt !== undefined && !Number.isNaN(theirs))
      return Math.round((endedAt - theirs) / 1000);
  }
  return undefined;
}

/** Issuer and token endpoint that do not belong together. */
export const hostsDiffer: Rule = (facts) => {
  const { profile, failure } = facts;
  const issuer = hostOf(profile.issuer);
  const typed = profile.tokenEndpoint !== undefined;
  const endpoint = hostOf(profile.tokenEndpoint ?? publishedEndpoint(facts));
  if (issuer === undefined || endpoint === undefined || issuer === endpoint) return [];
  const blocked = failure.kind === 'invalid_profile' && failure.step === 'secret';
  // Nothing else goes to the token endpoint.
  if (!['token', 'refresh', 'secret'].includes(failure.step)) return [];
  const unreached = failure.kind === 'network' && failure.status === undefined;
  const lost = unreached || failure.kind === 'http_error' || clientRefused(facts);
  // Where the same credentials gave a token before, these hosts do belong together.
  if (!blocked && (!lost || worked(facts).client)) return [];
  return [
    {
      id: 'issuer-and-endpoint-differ',
      weight: blocked ? 95 : typed ? 48 : 35,
      title: typed
        ? 'Issuer and token endpoint of the profile are on different hosts.'
        : 'The server publishes a token endpoint that is on another host than its issuer.',
      evidence: [
        `Issuer: ${plainText(issuer, 200)}`,
        `Token endpoint: ${plainText(endpoint, 200)}`,
        ...(blocked ? ['The secret was not sent there.'] : []),
      ],
      steps: [
        typed
          ? 'Check both. Without a typed token endpoint the one that the issuer publishes is used.'
          : 'Check that both belong to the same server: a server behind a proxy may take an inner address for its own.',
      ],
      fixes: [
        { kind: 'edit_profile', field: 'tokenEndpoint' },
        { kind: 'edit_profile', field: 'issuer' },
      ],
    },
  ];
};

/** The token endpoint of the metadata, unless it is known to be this provider's. */
function publishedEndpoint({ catalogue, metadata, provider }: Facts): string | undefined {
  const tokenEndpoint = metadata['token_endpoint'];
  if (typeof tokenEndpoint !== 'string') return undefined;
  const owner = recogniseProvider(catalogue, { tokenEndpoint }, { token_endpoint: tokenEndpoint });
  const known = owner.how === 'recognised' && owner.provider.id === provider.provider.id;
  return known ? undefined : tokenEndpoint;
}

/** The server calls itself something else. @see RFC 8414 section 3.3 */
export const issuerDiffers: Rule = (facts) => {
  const { failure, profile } = facts;
  if (failure.kind !== 'issuer_mismatch') return [];
  const { received } = failure;
  // What was asked for may have been normalised on the way; the profile holds what the user typed.
  const expected = profile.issuer ?? failure.expected;
  const bySlash = trimEnd(received, '/') === trimEnd(expected, '/');
  const byCase = received.toLowerCase() === expected.toLowerCase();
  const sameHost = hostOf(received) === hostOf(expected);
  const works = workingIssuer(failure);
  const endpoints = endpointsOfDocument(facts);
  return [
    {
      id: bySlash ? 'issuer-differs-by-slash' : 'issuer-differs',
      weight: bySlash || byCase ? 96 : sameHost ? 85 : 60,
      title: bySlash
        ? 'The issuer differs by a slash at its end.'
        : byCase
          ? 'The issuer differs by upper and lower case.'
          : `The server calls itself ${plainText(received, 200)}.`,
      evidence: [
        `Profile: ${plainText(expected, 200)}`,
        `Server: ${plainText(received, 200)}`,
        ...addressesTried(failure),
      ],
      steps: [
        works !== undefined && sameHost
          ? 'Use the issuer exactly as the server writes it.'
          : whyNotIssuer(expected, received, sameHost),
        ...(works !== undefined && sameHost ? [] : [withoutIssuer(endpoints !== undefined)]),
      ],
      fixes: [
        ...(works !== undefined && sameHost ? [{ kind: 'set_issuer' as const, issuer: works }] : []),
        ...(endpoints === undefined || works !== undefined ? [] : [endpoints]),
        ...(works !== undefined && sameHost
          ? []
          : [{ kind: 'edit_profile' as const, field: 'issuer' as const }]),
      ],
      source: rfc(8414, '3.3'),
    },
  ];
};

function whyNotIssuer(expected: string, received: string, sameHost: boolean): string {
  if (!URL.canParse(received))
    return 'Setting this issuer would not help: it is not a URL, so no metadata can be asked for under it.';
  if (received.startsWith('http:') && expected.startsWith('https:'))
    return 'Setting this issuer would not help: it is not https. Behind a proxy, a server has to be told the https address by which it is reached.';
  const { origin, search, hash, username } = new URL(received);
  if (`${search}${hash}${username}` !== '')
    return 'Setting this issuer would not help: an issuer has no query, no fragment and no user name.';
  if (sameHost && origin !== new URL(expected).origin)
    return 'Whether this issuer would help was not tried: it is https, and that of the profile is not. Use it if the server is reached there.';
  return sameHost
    ? 'Setting this issuer would not help: no metadata was found under it.'
    : 'The server’s issuer is on another host. Use it only if you know that both belong together.';
}

function withoutIssuer(endpoints: boolean): string {
  return endpoints
    ? 'Use the endpoints of this document without an issuer, if you trust where it came from; the issuer of tokens is then compared with nothing.'
    : 'Or type the endpoints into the profile, and leave the issuer out.';
}

/** Typed endpoints in the place of the issuer, where a flow of this profile would take them: of one server, and all that it needs. */
function endpointsOfDocument({ failure, profile }: Facts): QuickFix | undefined {
  if (failure.kind !== 'issuer_mismatch') return undefined;
  const named = failure.endpoints ?? {};
  const needed = grantOf(profile).endpoints;
  const { token_endpoint: token } = named;
  if (token === undefined || needed.some((name) => named[name] === undefined)) return undefined;
  if (needed.some((name) => hostOf(named[name]) !== hostOf(token))) return undefined;
  const {
    authorization_endpoint: authorization,
    device_authorization_endpoint: device,
    jwks_uri: jwksUri,
  } = named;
  return {
    kind: 'use_endpoints',
    tokenEndpoint: token,
    ...(authorization !== undefined && hasRedirect(profile) ? { authorizationEndpoint: authorization } : {}),
    ...(device !== undefined && needed.includes('device_authorization_endpoint')
      ? { deviceAuthorizationEndpoint: device }
      : {}),
    ...(jwksUri === undefined ? {} : { jwksUri }),
  };
}

/** Each address that was asked for metadata, with what it answered. */
function addressesTried({ tried }: Failure): readonly string[] {
  return tried === undefined ? [] : [`Asked: ${tried.map((line) => plainText(line, 500)).join('; ')}`];
}

/** A page wants a sign-in, or forbids, where metadata is for everybody. @see RFC 8414 section 3.1 */
export const pageForMetadata: Rule = ({ failure, body }) => {
  if (failure.kind !== 'http_error' || failure.step !== 'discovery') return [];
  const { status } = failure;
  if ((status !== 401 && status !== 403) || !/^\s*<(?!\?xml)/.test(body)) return [];
  return [
    {
      id: 'page-for-metadata',
      weight: 66,
      title:
        'A web page forbids what everybody may read: a gateway stands before the server, or the issuer is another address.',
      evidence: [`The answer has status ${status}, and is a page.`],
      steps: [
        'Open the address in a browser, and see whose page it is.',
        'Have the gateway let requests for the metadata through, or type the endpoints into the profile.',
      ],
      fixes: [
        { kind: 'edit_profile', field: 'issuer' },
        { kind: 'edit_profile', field: 'tokenEndpoint' },
      ],
      source: rfc(8414, '3.1'),
    },
  ];
};

/** Nothing was published at the issuer, or not what is needed. @see RFC 8414 section 3 */
export const nothingPublished: Rule = ({ failure, metadata, profile, provider }) => {
  // A server in trouble says nothing about what it publishes otherwise.
  const answered = failure.kind === 'http_error' && failure.status < 500 && failure.status !== 429;
  const failed = failure.step === 'discovery' && (answered || failure.kind === 'malformed_response');
  const missing = failure.kind === 'metadata_missing';
  if (!missing && !failed) return [];
  const issuer = profile.issuer ?? '';
  const isRead = typeof metadata['issuer'] === 'string';
  // A document came, without the one member that this flow needs, or that it needs later.
  if (missing && (isRead || profile.issuer === undefined || failure.step !== 'discovery'))
    return [
      {
        ...{ id: 'nothing-published', weight: 60, title: plainText(failure.message, 300) },
        evidence: isRead
          ? [`Issuer: ${plainText(issuer, 200)}`, 'Its metadata was read.']
          : profile.issuer === undefined
            ? ['The profile has no issuer.']
            : [],
        steps: [
          failure.advice,
          ...(profile.issuer === undefined ? [] : ['Check whether another issuer of this server is meant.']),
        ],
        fixes: [{ kind: 'edit_profile', field: 'issuer' }, ...editMember(failure.missing)],
        source: rfc(8414, '2'),
      },
    ];
  const meant = issuerOfDocument(issuer);
  const form = issuerForm(provider.provider, issuer);
  return [
    {
      id: 'nothing-published',
      weight: 60,
      title:
        meant !== undefined
          ? 'The issuer of the profile is the address of the document, not the issuer.'
          : 'The server publishes no usable metadata under this issuer.',
      evidence: [
        ...(issuer === '' ? ['The profile has no issuer.'] : [`Issuer: ${plainText(issuer, 200)}`]),
        ...addressesTried(failure),
        provider.how === 'generic' ? 'Nothing about this server is known.' : provider.why,
      ],
      steps: [
        form === undefined
          ? 'Check the issuer: tenant, realm or path, upper and lower case.'
          : `${provider.provider.name} publishes it under an issuer of the form ${form}.`,
        'If the server publishes nothing, type the endpoints into the profile.',
      ],
      fixes:
        meant !== undefined
          ? [{ kind: 'set_issuer', issuer: meant }]
          : [
              { kind: 'edit_profile', field: 'issuer' },
              { kind: 'edit_profile', field: 'tokenEndpoint' },
            ],
      source: rfc(8414, '3'),
    },
  ];
};

/** How the issuers of this provider are written, where `issuer` is written otherwise and more is known than a host. */
function issuerForm({ endpoints }: Provider, issuer: string): string | undefined {
  const template = endpoints.issuer;
  if (!saysAddress(template) || answersIn(template, issuer.slice(0, 4096)) !== undefined) return undefined;
  return template.replace(/^\{\w+\}/, 'https://…');
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}
