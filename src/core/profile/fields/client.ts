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
  description: 'The client id the server registered.',
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
  description: 'How the client proves itself at the token endpoint.',
  choices: ({ authentications }) => authentications.map(choiceOf),
  always: true,
  otherNames: ['tokenendpointauthmethod'],
  form: { section: 'client', label: 'Client authentication' },
} as const satisfies ChoiceFieldDeclaration;

/** For servers that want id and secret in Basic as they are, not form-encoded. @see RFC 6749 section 2.3.1 */
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
  form: { section: 'advanced', label: 'Id and secret in HTTP Basic' },
} as const satisfies ChoiceFieldDeclaration<'basicEncoding', 'form' | 'raw'>;

export const renew = {
  name: 'renew',
  kind: 'flag',
  description: 'Renew the token shortly before it ends while the editor is in use.',
  form: {
    section: 'advanced',
    label: 'Renew the token shortly before it ends, while the editor is in use',
  },
} as const satisfies FlagFieldDeclaration;
