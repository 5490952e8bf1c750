import type { Facts } from '../facts.ts';
import type { QuickFix } from '../quickFix.ts';
import { said, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { rfc } from '../sources.ts';

const codes = ['invalid_redirect_uri', 'redirect_uri_mismatch', 'redirect_mismatch', 'bad_redirect_uri'];

/** A redirect URI that is unlikely to be registered exactly like this. @see RFC 6749 section 3.1.2, RFC 8252 section 7.3 */
export const redirectUriDiffers: Rule = (facts) => {
  const { profile, failure } = facts;
  if (profile.grant !== 'authorization_code' || !URL.canParse(profile.redirectUri)) return [];
  const refused =
    said(facts, ...codes) || /redirect[ _-]?ur[il]|callback url/i.test(facts.words.slice(0, 2000));
  // Servers show this error to the user and do not send the browser back: then nothing comes but a timeout.
  const silent = failure.step === 'redirect' && (failure.kind === 'timeout' || failure.kind === 'cancelled');
  if (!refused && !silent) return [];
  const sent = sentRedirectUri(facts) ?? profile.redirectUri;
  const found = suspicions(sent, profile.redirectUri, facts);
  return [
    {
      id: 'redirect-uri-not-registered',
      weight: refused ? 80 : 45,
      title: 'The redirect URI is not registered for this client exactly as it was sent.',
      evidence: [
        `Sent was ${sent.slice(0, 300)}`,
        ...(silent ? ['Servers show this error in the browser and do not come back.'] : []),
        ...found.map(({ evidence }) => evidence),
      ],
      steps: [
        'Register exactly this URI at the server, or change the profile to the one that is registered: most servers compare every character.',
      ],
      fixes: [...found.flatMap(({ fix }) => fix ?? []), { kind: 'edit_profile', field: 'redirectUri' }],
      source: rfc(8252, '7.3'),
    },
  ];
};

/** The code was asked for with one redirect URI and exchanged with another. @see RFC 6749 section 4.1.3 */
export const redirectUriChanged: Rule = (facts) => {
  const { exchange, failure } = facts;
  if (failure.step !== 'token' || !exchange || !said(facts, 'invalid_grant')) return [];
  const asked = sentRedirectUri(facts);
  const exchanged = sentParameters(exchange).get('redirect_uri');
  if (asked === undefined || asked === exchanged) return [];
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

interface Suspicion {
  readonly evidence: string;
  readonly fix?: QuickFix;
}

function suspicions(sent: string, configured: string, { provider }: Facts): readonly Suspicion[] {
  const url = new URL(configured);
  const ports = provider.provider.redirect?.ports;
  const changed = (change: (copy: URL) => void): QuickFix => {
    const copy = new URL(configured);
    change(copy);
    return { kind: 'set_redirect_uri', redirectUri: copy.href };
  };
  const other = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const anyPort = url.port === '' && url.protocol === 'http:';
  return [
    ...(anyPort && ports !== 'any' && !acceptsAnyPort(url.hostname, ports)
      ? [
          {
            evidence: `The profile names no port, so another one is used each time${ports === 'exact' ? ', and this server compares the port' : '; many servers compare the port'}.`,
            fix: changed((copy) => (copy.port = portOf(sent))),
          },
        ]
      : []),
    {
      evidence: `The host is ${url.hostname}; servers take ${other} for another one.`,
      fix: changed((copy) => (copy.hostname = other)),
    },
    url.pathname.endsWith('/') && url.pathname !== '/'
      ? {
          evidence: 'It ends with a slash, which is compared as well.',
          fix: changed((copy) => (copy.pathname = copy.pathname.slice(0, -1))),
        }
      : {
          evidence: 'It does not end with a slash; the registered one may.',
          ...(url.pathname === '/' ? {} : { fix: changed((copy) => (copy.pathname += '/')) }),
        },
    ...(/[A-Z]/.test(url.pathname)
      ? [
          {
            evidence: 'Its path has upper-case letters, and most servers compare case.',
            fix: changed((copy) => (copy.pathname = copy.pathname.toLowerCase())),
          },
        ]
      : []),
    ...(url.protocol === 'http:' ? [{ evidence: 'It is http; the registered one may be https.' }] : []),
  ];
}

function acceptsAnyPort(host: string, ports: string | undefined): boolean {
  return host === 'localhost' ? ports === 'any_on_localhost' : ports === 'any_on_loopback_ip';
}

function portOf(sent: string): string {
  const port = URL.canParse(sent) ? new URL(sent).port : '';
  return port === '' ? '8484' : port;
}

function sentRedirectUri({ exchanges }: Facts): string | undefined {
  const asked = exchanges.findLast(({ purpose }) => purpose === 'authorization');
  return asked && sentParameters(asked).get('redirect_uri');
}
