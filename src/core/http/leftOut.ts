import { isSecretName } from '../secretNames.ts';

/** Templates, and variables in capitals. */
const variable =
  /^(?:\$?\{\{\s{0,3}[A-Za-z_.]+(?:_\d)?\s{0,3}\}\}|\$\{[A-Za-z_.]+(?:_\d)?\}|\$(?:env:)?[A-Z]+(?:_[A-Z]+\d?)+(?:_\d\d?)?|%[A-Z]+(?:_(?:[A-Z]+\d?|\d\d?))+%|\$(?:secret|password|token)\d)$/;
/** Others that everybody calls so: passwords begin with such signs, too. */
const called = /^[$%](?:env:)?(?:client|user|db|access|api)?_?(?:password|secret|token|key)%?$/i;
/** Words that tell somebody to put in what is theirs. */
const yours = /^(?:<([a-z][a-z\s_-]*)>|your[\s_-][a-z\s_-]+)$/i;

/**
 * Whether a value is what documents and templates have in the place of a secret: `<your-secret>`, `{{secret}}`, `${SECRET}`,
 * `YOUR_CLIENT_SECRET_HERE`.
 */
export function isLeftOut(value: string): boolean {
  const plain = value.replace(/^(?:basic|bearer|dpop|token)\s/i, '');
  if (variable.test(plain) || called.test(plain)) return true;
  const told = yours.exec(plain);
  if (told === null) return false;
  const [whole, inner] = told;
  const words = (inner ?? whole).split(/[\s_-]/).filter((word) => !/^here$/i.test(word));
  if (inner === undefined) return isSecretName(words.at(-1) ?? '');
  return words.some((word) => isSecretName(word) || /^(?:your|jwt)$/i.test(word));
}
