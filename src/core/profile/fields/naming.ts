import type { TextFieldDeclaration } from './field.ts';

/** The pattern of an id: letters, digits and `. _ -`, safe in keychains, settings and commands. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

/** Longest id, so that `<id>@<origin>` stays below the 513 characters of a Windows credential's user name. */
export const longestId = 100;

/** Longest name, in UTF-16 units. */
export const longestName = 100;

/** What `idPattern` allows, to follow `must be`. */
export const idShape = 'letters, digits, “.”, “_” or “-”, and begin with a letter or digit';

export const id = {
  name: 'id',
  kind: 'text',
  words: 'id',
  description:
    'Names the profile in commands, tasks and the keychain (`<id>@<origin>`), so changing it loses the stored secret. Letters, digits, `.`, `_`, `-`. Default: made from `name`.',
  examples: ['orders-service'],
  longest: longestId,
  pattern: idPattern,
  shape: idShape,
  patternText: 'Letters, digits, “.”, “_” or “-”, beginning with a letter or digit.',
  always: true,
  shapesToken: true,
  form: { section: 'advanced', label: 'Profile ID' },
} as const satisfies TextFieldDeclaration;

export const name = {
  name: 'name',
  kind: 'text',
  description: 'What the profile is called in trees, pickers and CodeLenses. Default: the `id`.',
  examples: ['Orders service'],
  longest: longestName,
  always: true,
  form: { section: 'profile', label: 'Name', placeholder: 'Orders API (test)' },
} as const satisfies TextFieldDeclaration;

export const provider = {
  name: 'provider',
  kind: 'text',
  description:
    'The kind of server, for its known deviations and error messages. Default: recognised by its issuer and endpoints.',
  longest: 64,
  pattern: idPattern,
  shape: idShape,
} as const satisfies TextFieldDeclaration;
