import type { GrantTraits } from '../traits.ts';
import type { TextFieldDeclaration } from './field.ts';

const throughBrowser = ({ redirects }: GrantTraits) => redirects;

/** Whom the sign-in is for. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const loginHint = {
  name: 'loginHint',
  kind: 'text',
  words: 'login hint',
  description:
    'Whom the sign-in is for (`login_hint`): a user name, an e-mail address or a telephone number.',
  examples: ['ada@example.com'],
  longest: 512,
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'access',
    label: 'Login hint',
    placeholder: 'ada@example.com',
    note: 'Whom the sign-in is for, as the server knows its users.',
  },
} as const satisfies TextFieldDeclaration;

/** How strongly the user is to be authenticated. @see OpenID Connect Core 1.0 section 3.1.2.1, RFC 9470 */
export const acrValues = {
  name: 'acrValues',
  kind: 'text',
  words: 'ACR values',
  description:
    'How strongly the user is to be authenticated (`acr_values`), the best first, separated by blanks.',
  examples: ['phr', 'urn:mace:incommon:iap:silver'],
  longest: 512,
  forGrant: throughBrowser,
  shapesToken: true,
  form: {
    section: 'advanced',
    label: 'ACR values',
    placeholder: 'phr',
    note: 'How strongly the user is to be authenticated, the best first, separated by blanks.',
  },
} as const satisfies TextFieldDeclaration;
