import { idPattern, idShape } from './naming.ts';
import type { FlagFieldDeclaration, JsonFieldDeclaration, TextFieldDeclaration } from './field.ts';

/** The profile whose token is exchanged. @see RFC 8693 section 2.1 (subject_token) */
export const subjectProfile = {
  name: 'subjectProfile',
  kind: 'text',
  words: 'subject profile',
  description: 'The id of the profile whose token is handed in. If empty, you are asked for a token.',
  examples: ['orders-app'],
  longest: 100,
  pattern: idPattern,
  shape: idShape,
  forGrant: 'named',
  shapesToken: true,
  form: {
    section: 'access',
    label: 'Token from profile',
    placeholder: 'orders-app',
    note: 'The ID of the profile whose token is handed in; for cross-app access, the one you sign in with at the identity provider; for a decision on a device, the one whose ID token says who is asked. Otherwise leave it empty to be asked for a token.',
  },
} as const satisfies TextFieldDeclaration;

/** The profile whose token names the acting party. @see RFC 8693 section 2.1 (actor_token) */
export const actorProfile = {
  name: 'actorProfile',
  kind: 'text',
  words: 'actor profile',
  description:
    'The id of the profile whose token names the actor, who acts for the subject. If empty, no actor is named.',
  examples: ['orders-service'],
  longest: 100,
  pattern: idPattern,
  shape: idShape,
  forGrant: 'named',
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'Actor token from profile',
    placeholder: 'orders-service',
    note: 'The ID of the profile whose token says who acts for the subject. Leave it empty where nobody does.',
  },
} as const satisfies TextFieldDeclaration;

const tokenTypes = ['access_token', 'id_token', 'refresh_token', 'jwt', 'saml2'].map(
  (type) => `urn:ietf:params:oauth:token-type:${type}`,
);

/** What all fields for token types share. */
const tokenType = {
  kind: 'text',
  examples: tokenTypes,
  longest: 256,
  forGrant: 'named',
  shapesToken: true,
} as const;

/** @see RFC 8693 section 3 */
export const subjectTokenType = {
  ...tokenType,
  name: 'subjectTokenType',
  words: 'subject token type',
  description:
    'What kind of token is handed in. Default: `urn:ietf:params:oauth:token-type:access_token`; with `…:id_token` or `…:refresh_token` that one of the subject profile.',
  form: { section: 'advanced', label: 'Subject token type', placeholder: tokenTypes[0] ?? '' },
} as const satisfies TextFieldDeclaration;

/** @see RFC 8693 sections 2.1 and 3 (actor_token_type) */
export const actorTokenType = {
  ...tokenType,
  name: 'actorTokenType',
  words: 'actor token type',
  description:
    'What kind of token the actor’s is. Default: `urn:ietf:params:oauth:token-type:access_token`; with `…:id_token` or `…:refresh_token` that one of the actor profile. Without an actor profile you are asked for the token.',
  form: {
    section: 'advanced',
    label: 'Actor token type',
    placeholder: tokenTypes[0] ?? '',
    note: 'With a type and no profile, you are asked for the actor’s token.',
  },
} as const satisfies TextFieldDeclaration;

/** @see RFC 8693 section 2.1 */
export const requestedTokenType = {
  ...tokenType,
  name: 'requestedTokenType',
  words: 'requested token type',
  description: 'What kind of token to ask for. If empty, the server decides.',
  form: {
    section: 'advanced',
    label: 'Requested token type',
    note: 'Left empty, the server decides.',
  },
} as const satisfies TextFieldDeclaration;

/** @see RFC 7523 section 3 */
export const assertionClaims = {
  name: 'assertionClaims',
  kind: 'json',
  words: 'claims of the assertion',
  description:
    'Claims of the JWT that is made and signed, as a JSON object. Default: `iss` and `sub` are the client, `aud` is the token endpoint, a minute to live.',
  examples: [
    { sub: 'ada@example.com' },
    { aud: 'https://login.salesforce.com', iss: 'client-id', sub: 'ada@example.com' },
    {
      iss: 'robot@project.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/devstorage.read_only',
    },
  ],
  longest: 8192,
  problem: (value: unknown) =>
    Array.isArray(value) ? 'assertionClaims must be a JSON object, not a list.' : undefined,
  schema: { type: 'object' },
  forGrant: 'named',
  shapesToken: true,
  form: {
    section: 'access',
    label: 'Claims of the assertion',
    placeholder: '{ "sub": "ada@example.com" }',
    note: 'Whom the token is for, and what the server wants besides; iss, sub, aud and times are added where you say nothing.',
  },
} as const satisfies JsonFieldDeclaration;

/** A text that the other device shows, by which the user recognises the request. @see OpenID Connect CIBA Core section 7.1 */
export const bindingMessage = {
  name: 'bindingMessage',
  kind: 'text',
  words: 'binding message',
  description:
    'Shown on the user’s device, so that they know which request they approve. About 20 letters and digits.',
  examples: ['W4SCT'],
  longest: 200,
  forGrant: 'named',
  form: {
    section: 'access',
    label: 'Binding message',
    placeholder: 'W4SCT',
    note: 'Shown on the user’s device, so that they know which request they approve.',
  },
} as const satisfies TextFieldDeclaration;

/** Whether the user is named by a token, which is not kept for this profile. @see OpenID Connect CIBA Core section 7.1 */
export const loginHintToken = {
  name: 'loginHintToken',
  kind: 'flag',
  words: 'login hint token',
  description:
    'The user is named by a token (`login_hint_token`) instead of a login hint. You are asked for it in each run.',
  forGrant: 'named',
  form: { section: 'access', label: 'Ask for a token that names the user (login_hint_token)' },
} as const satisfies FlagFieldDeclaration;

/** @see OpenID Connect CIBA Core section 7.1 (user_code) */
export const userCode = {
  name: 'userCode',
  kind: 'flag',
  words: 'user code',
  description:
    'The user has a code without which their device is not asked (`user_code`). You are asked for it in each run, and it is not stored.',
  forGrant: 'named',
  form: { section: 'access', label: 'Ask for the user’s code in each run (user_code)' },
} as const satisfies FlagFieldDeclaration;
