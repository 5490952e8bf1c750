import { mask } from './mask.ts';
import { redactParameters } from './redactParameters.ts';
import { isSecretName } from '../secretNames.ts';

/** Text in no particular form, in which the secret parameters of URLs are masked and what is named in words: `access_token: …`. */
export function redactProse(text: string): string {
  return redactParameters(text).replace(named, (all, name: string, between: string, value: string) =>
    isSecretName(name) && !/^(?:[a-z_.-]+|[A-Z_.-]+)$/.test(value) ? name + between + mask(value) : all,
  );
}

/** A name, a colon, an arrow or “is”, and one long word that no sentence has. */
const named =
  /(?<![\w-])([A-Za-z][\w-]{1,60})((?:["'\])]{0,3}\s{0,3}(?::|=>)|\sis\b:?)\s{0,3}(?:string\(\d{1,6}\)\s)?["']?)([\w.~+/-]{16,})/g;
