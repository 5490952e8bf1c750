import type { AuthenticationTraits, GrantTraits } from '../traits.ts';
import type {
  ChoiceFieldDeclaration,
  FieldChoice,
  FlagFieldDeclaration,
  TextFieldDeclaration,
} from './field.ts';

const choiceOf = ({ id, label, summary, description }: GrantTraits | AuthenticationTraits): FieldChoice => ({
  value: id,
  label,
  summary,
  description,
});

export const grant = {
  name: 'grant',
  kind: 'choice',
  description: 'How the client gets its token.',
  choices: ({ grants }) => grants.map(choiceOf),
  always: true,
  required: true,
  shapesToken: true,
  otherNames: ['granttype', 'type', 'flow'],
  form: { section: 'profile', label: 'Grant' },
} as const satisfies ChoiceFieldDeclaration;

export const clientId = {
  name: 'clientId',
  kind: 'text',
  words: 'client ID',
  description: 'The client ID, as registered at the server.',
  examples: ['orders-service', 'my.trusted.app/service'],
  longest: 512,
  always: true,
  required: true,
  shapesToken: true,
  otherNames: ['client'],
  form: { section: 'client', label: 'Client ID', note: 'As registered at the server.' },
} as const satisfies TextFieldDeclaration;

export const clientAuthentication = {
  name: 'clientAuthentication',
  kind: 'choice',
  words: 'client authentication',
  description: 'How the client authenticates at the token endpoint.',
  choices: ({ authentications }) => authentications.map(choiceOf),
  always: true,
  otherNames: ['tokenendpointauthmethod'],
  form: { section: 'client', label: 'Client authentication' },
} as const satisfies ChoiceFieldDeclaration;

/** For servers that want id and secret in the Basic header unencoded. @see RFC 6749 section 2.3.1 */
export const basicEncoding = {
  name: 'basicEncoding',
  kind: 'choice',
  words: 'encoding',
  description: 'How id and secret are written into the Basic header. Default: `form`.',
  choices: () => [
    {
      value: 'form',
      label: 'Form-encoded',
      summary: 'As the standard wants it (RFC 6749 section 2.3.1).',
      description: 'Form-encoded first, as RFC 6749 2.3.1 says.',
    },
    {
      value: 'raw',
      label: 'As they are',
      summary: 'For servers that reject an encoded id or secret with characters such as / + %.',
      description: 'As they are, for servers that do not decode them.',
    },
  ],
  default: 'form',
  forAuthentication: 'named',
  form: { section: 'advanced', label: 'ID and secret in HTTP Basic' },
} as const satisfies ChoiceFieldDeclaration<'basicEncoding', 'form' | 'raw'>;

/** The audience of a client assertion. @see RFC 7523 section 3 */
export const clientAssertionAudience = {
  name: 'clientAssertionAudience',
  kind: 'choice',
  words: 'audience of the assertion',
  description: 'The audience of the JWT that authenticates the client. Default: `issuer`.',
  choices: () => [
    {
      value: 'issuer',
      label: 'The issuer',
      summary: 'As the standard wants it: no other server can use the assertion.',
      description: 'The issuer, so that no other server can use it.',
    },
    {
      value: 'token_endpoint',
      label: 'The token endpoint',
      summary: 'For servers that refuse the issuer with invalid_client.',
      description: 'The URL of the token endpoint, for servers that know only that.',
    },
  ],
  default: 'issuer',
  forAuthentication: 'named',
  form: { section: 'advanced', label: 'Audience of the assertion' },
} as const satisfies ChoiceFieldDeclaration<'clientAssertionAudience', 'issuer' | 'token_endpoint'>;

/** The `kid` under which the server knows the key. @see RFC 7515 section 4.1.4 */
export const keyId = {
  name: 'keyId',
  kind: 'text',
  words: 'key ID',
  description: 'The `kid` by which the server knows the private key. Default: the one in the key.',
  longest: 512,
  forAuthentication: 'named',
  otherNames: ['kid', 'privatekeyid'],
  form: {
    section: 'client',
    label: 'Key ID',
    note: 'The kid under which the public key is registered. Left empty, the one in the key is used.',
  },
} as const satisfies TextFieldDeclaration;

/** @see RFC 7518 section 3.1 */
export const signingAlgorithm = {
  name: 'signingAlgorithm',
  kind: 'text',
  words: 'signing algorithm',
  description: 'What the private key signs with. Default: RS256, ES256, … as fits the key.',
  examples: ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'],
  longest: 16,
  pattern: /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/u,
  shape: 'RS256, PS256, ES256, their 384 and 512 kin, or EdDSA',
  forAuthentication: 'named',
  otherNames: ['tokenendpointauthsigningalg', 'alg'],
  form: {
    section: 'advanced',
    label: 'Signing algorithm',
    placeholder: 'RS256, PS256, ES256, EdDSA',
    note: 'Left empty, the usual one for the key is used.',
  },
} as const satisfies TextFieldDeclaration;

export const renew = {
  name: 'renew',
  kind: 'flag',
  description: 'Renew the token shortly before it ends while the editor is in use.',
  form: {
    section: 'advanced',
    label: 'Renew the token shortly before it ends, while the editor is in use',
  },
} as const satisfies FlagFieldDeclaration;
