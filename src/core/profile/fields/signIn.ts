import { member } from '../../../shared/json.ts';
import type { GrantTraits } from '../traits.ts';
import { longestUrl, redirectUriPattern, redirectUriProblem } from '../urls.ts';
import type {
  FlagFieldDeclaration,
  JsonFieldDeclaration,
  NumberFieldDeclaration,
  TextFieldDeclaration,
  UrlFieldDeclaration,
} from './field.ts';
import { endpoint } from './server.ts';

const throughBrowser = ({ redirects }: GrantTraits) => redirects;

/** The fields that stand for a parameter of the authorization request, with its name. */
export const signInFields = [
  ['login_hint', 'loginHint'],
  ['acr_values', 'acrValues'],
  ['prompt', 'prompt'],
  ['max_age', 'maxAge'],
  ['ui_locales', 'uiLocales'],
] as const;

/** The user who is to sign in. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const loginHint = {
  name: 'loginHint',
  kind: 'text',
  words: 'login hint',
  description: 'Who is to sign in (`login_hint`): a user name, an e-mail address or a phone number.',
  examples: ['ada@example.com'],
  longest: 512,
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'access',
    label: 'Login hint',
    placeholder: 'ada@example.com',
    note: 'Who is to sign in, by the name the server knows.',
  },
} as const satisfies TextFieldDeclaration;

/** The authentication context to ask for. @see OpenID Connect Core 1.0 section 3.1.2.1, RFC 9470 */
export const acrValues = {
  name: 'acrValues',
  kind: 'text',
  words: 'ACR values',
  description:
    'How strongly the user must be authenticated (`acr_values`), in order of preference, separated by spaces.',
  examples: ['phr', 'urn:mace:incommon:iap:silver'],
  longest: 512,
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'ACR values',
    placeholder: 'phr',
    note: 'How strongly the user must be authenticated, in order of preference, separated by spaces.',
  },
} as const satisfies TextFieldDeclaration;

/** @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const prompt = {
  name: 'prompt',
  kind: 'text',
  description:
    'What the server must show (`prompt`): `none`, or some of `login`, `consent`, `select_account`, `create`, separated by spaces.',
  examples: ['login', 'consent', 'select_account', 'login consent', 'none'],
  longest: 200,
  pattern: /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/u,
  shape: 'words separated by single spaces',
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'Prompt',
    placeholder: 'login, consent, select_account, none',
    note: 'What the server must show, even if it remembers the user.',
  },
} as const satisfies TextFieldDeclaration;

/** Longest time since the user signed in, in seconds. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const maxAge = {
  name: 'maxAge',
  kind: 'number',
  words: 'maximum age',
  description:
    'The most seconds that may have passed since the user signed in (`max_age`); 0 always asks for a new sign-in.',
  examples: [0, 3600],
  least: 0,
  most: 315_360_000,
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'Maximum seconds since the sign-in',
    placeholder: '3600',
    note: '0 always asks for a new sign-in. The id_token is checked against it.',
  },
} as const satisfies NumberFieldDeclaration;

/** Languages of the sign-in page. @see OpenID Connect Core 1.0 section 3.1.2.1, RFC 5646 */
export const uiLocales = {
  name: 'uiLocales',
  kind: 'text',
  words: 'sign-in page languages',
  description:
    'Languages of the sign-in page (`ui_locales`): language tags (RFC 5646), in order of preference, separated by spaces.',
  examples: ['de', 'fr-CA fr en'],
  longest: 200,
  pattern: /^[A-Za-z0-9-]{2,35}(?: [A-Za-z0-9-]{2,35})*$/u,
  shape: 'language tags separated by single spaces',
  forGrant: throughBrowser,
  form: {
    section: 'advanced',
    label: 'Sign-in page languages',
    placeholder: 'de en',
    note: 'Language tags in order of preference, separated by spaces.',
  },
} as const satisfies TextFieldDeclaration;

/** @see OpenID Connect Core 1.0 section 5.5 */
export const claims = {
  name: 'claims',
  kind: 'json',
  description:
    'Which claims the ID token and the userinfo endpoint should carry (`claims`), as a JSON object.',
  examples: [{ id_token: { email: { essential: true } } }, { userinfo: { picture: null } }],
  longest: 4096,
  problem: (value: unknown) =>
    Array.isArray(value) ? 'claims must be a JSON object, not a list.' : undefined,
  schema: { type: 'object' },
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'Claims',
    placeholder: '{ "id_token": { "email": { "essential": true } } }',
    note: 'Individual claims to ask for (OpenID Connect Core 5.5).',
  },
} as const satisfies JsonFieldDeclaration;

/** @see RFC 9101 */
export const signAuthorizationRequest = {
  name: 'signAuthorizationRequest',
  kind: 'flag',
  words: 'signed authorization request',
  description:
    'Sign the authorization request (JAR, RFC 9101) with the key the client authenticates with, or else with one that is made for it and stays in the keychain. “Copy Public Key” gives what to register.',
  forGrant: throughBrowser,
  form: { section: 'advanced', label: 'Sign the authorization request (JAR, RFC 9101)' },
} as const satisfies FlagFieldDeclaration;

/** @see RFC 9396 section 2 */
export const authorizationDetails = {
  name: 'authorizationDetails',
  kind: 'json',
  words: 'authorization details',
  description:
    'What the token may be used for, in detail (`authorization_details`, RFC 9396): a JSON list of objects, each with its `type`.',
  examples: [[{ type: 'payment_initiation', actions: ['initiate'] }]],
  longest: 8192,
  problem: authorizationDetailsProblem,
  schema: { type: 'array', minItems: 1, items: { type: 'object', required: ['type'] } },
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'Authorization details',
    placeholder: '[{ "type": "payment_initiation" }]',
    note: 'What the token may do, in detail; compared with what is granted (RFC 9396).',
  },
} as const satisfies JsonFieldDeclaration;

function authorizationDetailsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0)
    return 'authorizationDetails must be a JSON list of objects, each with a “type”.';
  const at = value.findIndex((one) => typeof member(one, 'type') !== 'string');
  return at < 0 ? undefined : `Entry ${at + 1} of authorizationDetails has no “type” that is a text.`;
}

/** @see RFC 9126 */
export const pushAuthorizationRequest = {
  name: 'pushAuthorizationRequest',
  kind: 'flag',
  words: 'pushed authorization request',
  description:
    'Push the authorization request to the server first, so that none of it is in the browser’s address (RFC 9126). Always done if the server requires it.',
  forGrant: throughBrowser,
  form: { section: 'advanced', label: 'Push the authorization request to the server first (RFC 9126)' },
} as const satisfies FlagFieldDeclaration;

/** @see RFC 9126 section 5 */
export const pushedAuthorizationRequestEndpoint = {
  ...endpoint('pushedAuthorizationRequestEndpoint'),
  words: 'pushed authorization request endpoint',
  description:
    'Where authorization requests are pushed to. Needed only when there is no issuer, or to replace the one it publishes.',
  examples: ['https://login.example.com/oauth2/par'],
  metadata: 'pushed_authorization_request_endpoint',
  getsSecret: true,
  forGrant: throughBrowser,
  form: { section: 'advanced', label: 'Pushed authorization request endpoint' },
} as const satisfies UrlFieldDeclaration;

/** @see RFC 9449 */
export const dpop = {
  name: 'dpop',
  kind: 'flag',
  words: 'DPoP',
  description:
    'Bind the tokens to a key of this profile (DPoP, RFC 9449). It is made here and stays in the keychain; each request with the token proves that you have it.',
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'Bind the tokens to a key that stays in the keychain (DPoP, RFC 9449)',
  },
} as const satisfies FlagFieldDeclaration;

/** @see FAPI 2.0 Security Profile section 5.3 */
export const fapi2 = {
  name: 'fapi2',
  kind: 'flag',
  words: 'FAPI 2.0',
  description: 'Check the server against FAPI 2.0, in a group of checks of its own.',
  forGrant: throughBrowser,
  form: { section: 'advanced', label: 'Check against FAPI 2.0' },
} as const satisfies FlagFieldDeclaration;

/** @see OpenID Connect RP-Initiated Logout 1.0 section 3 */
export const postLogoutRedirectUri = {
  name: 'postLogoutRedirectUri',
  kind: 'url',
  words: 'post-logout redirect URI',
  description:
    'Where the browser is sent back to after a sign-out: a loopback URI that is registered at the server (`post_logout_redirect_uris`). Without it, the sign-out page opens and nothing is reported back.',
  examples: ['http://127.0.0.1/signed-out'],
  longest: longestUrl,
  pattern: redirectUriPattern,
  problem: (value: string) => redirectUriProblem(value)?.replace('redirectUri', 'postLogoutRedirectUri'),
  forGrant: throughBrowser,
  form: {
    section: 'advanced',
    label: 'Post-logout redirect URI',
    placeholder: 'http://127.0.0.1/signed-out',
    note: 'Registered at the server as post_logout_redirect_uri.',
  },
} as const satisfies UrlFieldDeclaration;
