import { isLoopbackHost } from '../loopbackHost.ts';
import { endpointPattern, issuerPattern, longestUrl, urlProblem } from '../urls.ts';
import type { TextFieldDeclaration, UrlFieldDeclaration } from './field.ts';
import { idPattern, idShape } from './naming.ts';

const urlText =
  'A complete https URL without user name and fragment (plain http only for 127.0.0.1, [::1] and localhost; an issuer has no query either).';

/** What all fields for endpoint URLs share. */
export function endpoint<const Name extends string>(name: Name) {
  return {
    name,
    kind: 'url',
    longest: longestUrl,
    pattern: endpointPattern,
    patternText: urlText,
    problem: (value: string) => urlProblem(name, value),
  } as const;
}

/** The issuer identifier; its metadata supplies every endpoint that is not set. @see RFC 8414 section 2 */
export const issuer = {
  name: 'issuer',
  kind: 'url',
  description:
    'The issuer identifier. Its published metadata supplies every endpoint that is not set here. The client secret is bound to its origin.',
  examples: ['https://login.example.com', 'http://127.0.0.1:3000'],
  longest: longestUrl,
  pattern: issuerPattern,
  patternText: urlText,
  problem: (value: string) => urlProblem('issuer', value),
  shapesToken: true,
  otherNames: ['issuerurl', 'authority'],
  form: {
    section: 'server',
    label: 'Issuer',
    placeholder: 'https://login.example.com',
    note: 'The address the server is known by. Its metadata is looked up when you stop typing.',
  },
} as const satisfies UrlFieldDeclaration;

export const authorizationEndpoint = {
  ...endpoint('authorizationEndpoint'),
  words: 'authorization endpoint',
  description:
    'Where the user signs in. Needed only when there is no issuer, or to replace the one it publishes.',
  examples: ['https://login.example.com/oauth2/authorize'],
  metadata: 'authorization_endpoint',
  forGrant: ({ redirects }) => redirects,
  shapesToken: true,
  otherNames: ['authurl', 'authuri', 'authorizationurl', 'authorizeurl'],
  form: { section: 'server', label: 'Authorization endpoint' },
} as const satisfies UrlFieldDeclaration;

export const deviceAuthorizationEndpoint = {
  ...endpoint('deviceAuthorizationEndpoint'),
  words: 'device authorization endpoint',
  description:
    'Where codes for a sign-in on another device come from. Needed only when there is no issuer, or to replace the one it publishes.',
  examples: ['https://login.example.com/oauth2/device'],
  metadata: 'device_authorization_endpoint',
  getsSecret: true,
  forGrant: 'named',
  shapesToken: true,
  otherNames: ['deviceauthorizationurl', 'devicecodeurl', 'deviceurl'],
  form: { section: 'server', label: 'Device authorization endpoint' },
} as const satisfies UrlFieldDeclaration;

export const backchannelAuthenticationEndpoint = {
  ...endpoint('backchannelAuthenticationEndpoint'),
  words: 'backchannel authentication endpoint',
  description:
    'Where the server is asked to reach the user on their device. Needed only when there is no issuer, or to replace the one it publishes.',
  examples: ['https://login.example.com/oauth2/bc-authorize'],
  metadata: 'backchannel_authentication_endpoint',
  getsSecret: true,
  forGrant: 'named',
  shapesToken: true,
  form: { section: 'server', label: 'Backchannel authentication endpoint' },
} as const satisfies UrlFieldDeclaration;

export const tokenEndpoint = {
  ...endpoint('tokenEndpoint'),
  words: 'token endpoint',
  description:
    'Where tokens come from. Needed only when there is no issuer, or to replace the one it publishes; for a client with a secret it must be on the issuer’s origin.',
  examples: ['https://login.example.com/oauth2/token'],
  metadata: 'token_endpoint',
  getsSecret: true,
  shapesToken: true,
  otherNames: ['tokenurl', 'tokenuri', 'accesstokenurl'],
  form: { section: 'server', label: 'Token endpoint' },
} as const satisfies UrlFieldDeclaration;

/** The URL of the keys that verify id_tokens. @see RFC 8414 section 2, RFC 7517 */
export const jwksUri = {
  ...endpoint('jwksUri'),
  words: 'key set address',
  description:
    'Where the server publishes its public keys (`jwks_uri`), for the signatures of tokens. Needed only when there is no issuer, or to replace the one it publishes.',
  examples: ['https://login.example.com/oauth2/jwks'],
  metadata: 'jwks_uri',
  otherNames: ['jwksurl', 'jwkuri', 'jwkseturi', 'jwksendpoint'],
  form: { section: 'advanced', label: 'Key set (jwks_uri)' },
} as const satisfies UrlFieldDeclaration;

/** Name of a token dialect (see `core/oauth/dialect`); without it the provider's, or plain RFC 6749. */
export const tokenDialect = {
  name: 'tokenDialect',
  kind: 'text',
  words: 'token dialect',
  description: 'How the token endpoint deviates from RFC 6749. Default: as the provider is known to.',
  examples: ['github', 'slack', 'tokenidp'],
  longest: 64,
  pattern: idPattern,
  shape: idShape,
  shapesToken: true,
  form: { section: 'advanced', label: 'Token dialect' },
} as const satisfies TextFieldDeclaration;

/**
 * SHA-256 fingerprint (as browsers and openssl show it) of the one certificate that a profile trusts.
 *
 * @see RFC 8252 section 8.3: loopback only, where no authority issues certificates
 */
export const trustedCertificate = {
  name: 'trustedCertificate',
  kind: 'text',
  words: 'trusted certificate',
  description:
    'SHA-256 fingerprint of the one certificate to trust for this profile; only for a server on this machine.',
  longest: 95,
  pattern: /^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/u,
  shape: 'a SHA-256 fingerprint: 32 pairs of hexadecimal digits with colons between them',
  patternText: '32 pairs of hexadecimal digits with colons between them.',
  normalise: (value: string) => value.toUpperCase(),
  check: (_value: string, others: ReadonlyMap<string, unknown>) =>
    [others.get('issuer'), others.get('tokenEndpoint')].every(
      (url) => typeof url !== 'string' || isLoopbackHost(new URL(url).hostname),
    )
      ? undefined
      : 'trustedCertificate is only for a server on this machine (127.0.0.1, [::1], localhost).',
  form: {
    section: 'advanced',
    label: 'Trusted certificate',
    placeholder: 'SHA-256 fingerprint, AB:CD:…',
    note: 'The one certificate to trust, for a server on this machine with a self-signed certificate.',
  },
} as const satisfies TextFieldDeclaration;
