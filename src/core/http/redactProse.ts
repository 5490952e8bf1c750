import type { Seen } from './mask.ts';
import { redactOptions } from './redactOptions.ts';
import { redactParameters } from './redactParameters.ts';
import { redactSaid } from './redactSaid.ts';
import { redactTables } from './redactTables.ts';

/**
 * A text in no form that is known, such as a sentence, a script or a header field: masked are the secret parameters of URLs, what is said
 * of secrets, options of commands, and the columns of tables. In time linear in its length.
 */
export function redactProse(text: string, seen?: Seen): string {
  // Of which a text without a secret may have thousands.
  if (!signs.test(text)) return text;
  const parameters = redactParameters(redactTables(text, seen), 0, seen);
  return redactOptions(redactSaid(parameters, seen), seen);
}

/** What stands before any secret: a sign, a part of a path, the bracket or quote of a script, or the blank behind a scheme, an option or “is”. */
const signs = /[:=/\s("'`\u0080-\uFFFF]/;
