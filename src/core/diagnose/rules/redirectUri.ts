import { asksForAccess } from '../asked.ts';
import { textsOf } from '../../../shared/json.ts';
import { membersIn } from '../../http/jsonDepth.ts';
import { hasRedirect } from '../../profile/profile.ts';
import type { Exchange } from '../../record/exchange.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import { namesSeveral } from '../severalReasons.ts';
import type { RedirectKnowledge } from '../provider.ts';
import type { QuickFix } from '../quickFix.ts';
import { nothingCame } from './unmatched.ts';
import { said, wasRefused, type Rule } from '../rule.ts';
import { tellingWords, understood } from '../tellingWords.ts';
import { authorizationAsked, authorizationSent, sentParameters } from '../sentParameters.ts';
import { rfc, sourceOf } from '../../source.ts';

const codes = ['redirect_mismatch'];

/** Words about a redirect URI, as servers name it; Kakao by a number. */
export const spoken =
  /redirect(?:ion)?[ _-]?ur[il]|callback[ _-]?ur[il]|(?:reply|return)[ _-]?(?:url|address)|\bKOE006\b/i;

/** Whether the error code names it, as `redirect_uri_mismatch` and `mismatching_redirect_uri` do. */
function named(facts: Facts): boolean {
  return said(facts, ...codes) || spoken.test(facts.error ?? '');
}

/** A redirect URI that is unlikely to be registered exactly like this. @see RFC 6749 section 3.1.2, RFC 8252 section 7.3 */
export const redirectUriDiffers: Rule = (facts) => {
  const { profile, failure } = facts;
  if (!hasRedirect(profile) || !URL.canParse(profile.redirectUri) || redirectTaken(facts)) return [];
  const isRegistration = failure.step === 'registration';
  if (!isRegistration && !asksForAccess(facts)) return notReturned(facts);
  // A refresh has no redirect URI: a server that speaks of one quotes what its error code may mean.
  const refused =
    failure.step !== 'refresh' && (named(facts) || spoken.test(understood(facts).slice(0, 2000)));
  const silent = nothingCame(facts);
  if (!refused && !silent) return [];
  if (isRegistration) return notRegistrable(facts);
  const sent = sentRedirectUri(facts) ?? profile.redirectUri;
  const found = suspicions(sent, profile.redirectUri, facts);
  return [
    {
      id: 'redirect-uri-not-registered',
      weight: refused ? 80 : 45,
      title: 'The redirect URI is not registered for this client exactly as it was sent.',
      evidence: [
        `Sent: ${sent.slice(0, 300)}`,
        ...(silent ? ['Servers show this error in the browser and do not redirect back.'] : []),
        ...found.map(({ evidence }) => evidence),
      ],
      steps: [
        found.find(({ step }) => step !== undefined)?.step ??
          'Register exactly this URI at the server, or use the registered one in the profile: most servers compare every character.',
      ],
      fixes: [...found.flatMap(({ fix }) => fix ?? []), { kind: 'edit_profile', field: 'redirectUri' }],
      source: rfc(8252, '7.3'),
    },
  ];
};

/** A redirect URI that a server does not let a client register. @see RFC 7591 section 3.2.2 */
function notRegistrable({ exchange, profile }: Facts): readonly Cause[] {
  const body = exchange?.request.body;
  // An answer that somebody brings along has no request.
  const configured = exchange === undefined && hasRedirect(profile) ? [profile.redirectUri] : [];
  const sent = body === undefined ? configured : textsOf(membersIn(body)['redirect_uris']);
  if (sent.length === 0) return [];
  return [
    {
      id: 'redirect-uri-not-allowed',
      weight: 80,
      title: 'The server does not let a client register this redirect URI.',
      evidence: sent.slice(0, 3).map((uri) => `Sent: ${uri.slice(0, 300)}`),
      steps: [
        'Look up which redirect URIs the server allows: some take only https, or only loopback addresses for native applications.',
      ],
      fixes: [{ kind: 'edit_profile', field: 'redirectUri' }],
      source: rfc(7591, '3.2.2'),
    },
  ];
}

/** A sign-out that did not come back: servers show on their own page that they do not know the address. */
function notReturned({ failure, exchanges }: Facts): readonly Cause[] {
  const asked = exchanges.findLast(({ purpose }) => purpose === 'sign_out');
  const sent = asked && sentParameters(asked).get('post_logout_redirect_uri');
  if (sent === undefined || failure.kind !== 'timeout') return [];
  return [
    {
      id: 'redirect-uri-not-registered',
      weight: 60,
      title: 'The post-logout redirect URI may not be registered for this client exactly as it was sent.',
      evidence: [
        `Sent: ${sent.slice(0, 300)}`,
        'Servers show this error in the browser and do not redirect back.',
      ],
      steps: ['Register exactly this URI at the server (post_logout_redirect_uris).'],
      fixes: [],
      source: sourceOf('OpenID Connect RP-Initiated Logout 1.0 section 3'),
    },
  ];
}

/**
 * Whether this session saw the server take the redirect URI: a code that came back in this run, or in one before that asked
 * with the same URI and client.
 */
function redirectTaken(facts: Facts): boolean {
  const { earlier, exchange, exchanges, failure } = facts;
  const atToken = failure.step === 'token' && exchange !== undefined;
  if (atToken && sentParameters(exchange).has('code') && exchanges.some(broughtCode)) return true;
  const asked = requestedWith(exchanges);
  return (
    asked !== undefined &&
    earlier
      .slice(-20)
      .some((run) => run.exchanges.some(broughtCode) && requestedWith(run.exchanges) === asked)
  );
}

function broughtCode({ purpose, ignored, request }: Exchange): boolean {
  return purpose === 'redirect' && !ignored && /[?&]code=/.test(request.url);
}

/** Where, as whom and with which redirect URI a code was asked for. */
function requestedWith(exchanges: readonly Exchange[]): string | undefined {
  const address = authorizationAsked(exchanges)?.request.url.split(/[?#]/, 1)[0];
  const sent = authorizationSent(exchanges);
  return address && JSON.stringify([address, sent?.get('client_id'), sent?.get('redirect_uri')]);
}

/** The code was asked for with one redirect URI and exchanged with another. @see RFC 6749 section 4.1.3 */
export const redirectUriChanged: Rule = (facts) => {
  const { exchange, failure } = facts;
  if (failure.step !== 'token' || !exchange || !wasRefused(facts)) return [];
  const asked = sentRedirectUri(facts);
  const exchanged = sentParameters(exchange).get('redirect_uri');
  if (asked === undefined) return [];
  if (asked === exchanged) return takenThere(facts, asked);
  // For it oauthlib once said access_denied (its #480), IdentityServer unauthorized_client (its #4075).
  if (!said(facts, 'invalid_grant', 'access_denied', 'unauthorized_client') && !named(facts)) return [];
  return [
    {
      id: 'redirect-uri-changed',
      weight: 92,
      title: 'The redirect URI of the token request is not that of the authorization request.',
      evidence: [`Authorization: ${asked.slice(0, 300)}`, `Token: ${(exchanged ?? 'none').slice(0, 300)}`],
      steps: ['Remove redirect_uri from the extra parameters.'],
      fixes: [{ kind: 'edit_profile', field: 'redirectUri' }],
      source: rfc(6749, '4.1.3'),
    },
  ];
};

/** The token endpoint speaks of a redirect URI that the authorization endpoint took a moment before. */
function takenThere(facts: Facts, sent: string): readonly Cause[] {
  const sentences = tellingWords(facts).filter((sentence) => spoken.test(sentence));
  if (sentences.every(namesSeveral) && !named(facts)) return [];
  if (!facts.exchanges.some(broughtCode)) return [];
  return [
    {
      id: 'redirect-uri-refused-at-token-endpoint',
      weight: namesSeveral(facts.words) ? 70 : 77,
      title: 'The token endpoint does not take the redirect URI that the code came to.',
      evidence: [`Sent: ${sent.slice(0, 300)}, in both requests.`, 'The code came to it in this run.'],
      steps: [
        'Check at the server which redirect URI it expects with the code: some want the registered one, to the character, although they sent the browser to this one.',
      ],
      fixes: [{ kind: 'edit_profile', field: 'redirectUri' }],
      source: rfc(6749, '4.1.3'),
    },
  ];
}

interface Suspicion {
  readonly evidence: string;
  readonly fix?: QuickFix;
  /** What to do before the URI can be registered. */
  readonly step?: string;
}

/** A redirect URI in parts: changed as text, because a parsed URL is written back with more than was there. */
interface Parts {
  readonly scheme: string;
  readonly host: string;
  /** With its colon, or empty. */
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

function partsOf(uri: string): Parts | undefined {
  const found = /^(https?:\/\/)(\[[^\]]*\]|[^/:?#]+)(:\d+)?((?:\/[^?#]*)?)((?:[?#].*)?)$/is.exec(uri);
  if (!found) return undefined;
  const [, scheme = '', host = '', port = '', path = '', query = ''] = found;
  return { scheme, host, port, path, query };
}

function suspicions(sent: string, configured: string, facts: Facts): readonly Suspicion[] {
  const written = partsOf(configured);
  if (!written) return [];
  const { ports, hosts } = facts.provider.provider.redirect ?? {};
  const accepted = hosts?.find((host) => host === written.host) ?? hosts?.[0] ?? written.host;
  // Every change below is of an URI whose host this server accepts at all.
  const base = { ...written, host: accepted };
  const changed = (change: Partial<Parts>): QuickFix => {
    const { scheme, host, port, path, query } = { ...base, ...change };
    return { kind: 'set_redirect_uri', redirectUri: `${scheme}${host}${port}${path}${query}` };
  };
  return [
    ...hostRefused(written.host, accepted, facts, changed),
    ...portOpen(base, ports, sent, changed),
    ...(accepted === written.host ? otherHost(base, hosts, changed) : []),
    slash(base, changed),
    ...(/[A-Z]/.test(base.path)
      ? [
          {
            evidence: 'Its path has upper-case letters, and most servers compare case.',
            fix: changed({ path: base.path.toLowerCase() }),
          },
        ]
      : []),
    ...(base.scheme.toLowerCase() === 'http://'
      ? [
          {
            evidence:
              'It is http; if the registered one is https, use that one in the profile, or register this one too.',
          },
        ]
      : []),
  ];
}

type Change = (change: Partial<Parts>) => QuickFix;

function hostRefused(
  host: string,
  accepted: string,
  { provider }: Facts,
  changed: Change,
): readonly Suspicion[] {
  if (host === accepted) return [];
  return [
    {
      evidence: `${provider.provider.name} does not accept the host ${host}, but ${accepted}.`,
      fix: changed({}),
    },
  ];
}

function portOpen(
  { scheme, host, port }: Parts,
  ports: RedirectKnowledge['ports'] | undefined,
  sent: string,
  changed: Change,
): readonly Suspicion[] {
  if (port !== '' || scheme.toLowerCase() !== 'http://') return [];
  if (ports === 'any' || acceptsAnyPort(host, ports)) return [];
  const compared =
    ports === 'exact' ? ', and this server compares the port' : '; many servers compare the port';
  return [
    {
      evidence: `The profile names no port, so another one is used each time${compared}.`,
      fix: changed({ port: `:${portOf(sent)}` }),
      step: 'Give the redirect URI of the profile a port, and register exactly that URI: most servers compare every character.',
    },
  ];
}

function otherHost(
  { host }: Parts,
  hosts: readonly string[] | undefined,
  changed: Change,
): readonly Suspicion[] {
  const other = host === 'localhost' ? '127.0.0.1' : 'localhost';
  if (hosts !== undefined && !hosts.includes(other)) return [];
  return [
    {
      evidence: `The host is ${host}. To a server ${other} is a different host, although both are this machine.`,
      fix: changed({ host: other }),
    },
  ];
}

function slash({ path }: Parts, changed: Change): Suspicion {
  return path.endsWith('/')
    ? {
        evidence: 'It ends with a slash, which is compared as well.',
        fix: changed({ path: path.slice(0, -1) }),
      }
    : {
        evidence: 'It does not end with a slash; the registered one may.',
        fix: changed({ path: `${path}/` }),
      };
}

function acceptsAnyPort(host: string, ports: string | undefined): boolean {
  return host === 'localhost' ? ports === 'any_on_localhost' : ports === 'any_on_loopback_ip';
}

function portOf(sent: string): string {
  const port = URL.canParse(sent) ? new URL(sent).port : '';
  return port === '' ? '8484' : port;
}

function sentRedirectUri({ exchanges }: Facts): string | undefined {
  return authorizationSent(exchanges)?.get('redirect_uri');
}
