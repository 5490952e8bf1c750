import type { TextFieldDeclaration } from './field.ts';

/** A file in which another program keeps the client assertion. @see RFC 7523 section 2.2 */
export const assertionFile = {
  name: 'assertionFile',
  kind: 'text',
  words: 'assertion file',
  description:
    'The file from which the assertion is read for each flow: an absolute path, or one that begins with `~/`. Only for profiles in user settings.',
  examples: ['/var/run/secrets/tokens/oauth', '~/.cache/oauth/assertion.jwt'],
  longest: 1024,
  pattern: /^(?:\/|~[/\\]|[A-Za-z]:[/\\]|\\\\).+$/u,
  shape: 'an absolute path, or begin with ~/',
  patternText: 'An absolute path, or one that begins with ~/.',
  forAuthentication: 'named',
  ownHandsOnly: true,
  otherNames: ['clientassertionfile', 'federatedtokenfile'],
  form: {
    section: 'client',
    label: 'Assertion file',
    placeholder: '/var/run/secrets/tokens/oauth',
    note: 'Read anew for each flow. Give a file or a command.',
  },
} as const satisfies TextFieldDeclaration;

/** A command that prints the client assertion. @see RFC 7523 section 2.2 */
export const assertionCommand = {
  name: 'assertionCommand',
  kind: 'text',
  words: 'assertion command',
  description:
    'The program, with its arguments, that prints the assertion for each flow; run without a shell, within 10 seconds. Put arguments with spaces in quotes. Only for profiles in user settings.',
  examples: ['spire-agent-token --audience https://login.example.com'],
  longest: 1024,
  forAuthentication: 'named',
  ownHandsOnly: true,
  form: {
    section: 'client',
    label: 'Assertion command',
    placeholder: 'kubectl create token orders --audience https://login.example.com',
    note: 'Run without a shell for each flow, within 10 seconds; it prints the assertion.',
  },
} as const satisfies TextFieldDeclaration;
