import { matters, twoValues } from './readJson.ts';
import type { VariableList } from './imported.ts';

/**
 * The names and values of a Java `.properties` text: `=`, `:` or a blank between them, a backslash at a line's end goes on in the
 * next one.
 *
 * @see https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */
export function readProperties(text: string): VariableList {
  const found: (readonly [string, string])[] = [];
  const before: string[] = [];
  let length = 0;
  for (const line of text.split(/\r?\n|\r/)) {
    const rest = line.replace(/^[ \t\f]+/, '');
    if (length === 0 && /^[#!]/.test(rest)) continue;
    const slashes = /(?<!\\)\\+$/.exec(rest)?.[0].length ?? 0;
    const goesOn = slashes % 2 === 1 && length + rest.length < 100_000;
    before.push(goesOn ? rest.slice(0, -1) : rest);
    length += goesOn ? rest.length - 1 : 0;
    if (goesOn && length > 0) continue;
    const whole = before.splice(0).join('');
    length = 0;
    const [, name, value] =
      /^((?:\\.|[^\s:=\\]){1,300})(?:[ \t\f]{0,99}[:=])?[ \t\f]{0,99}(.*)$/.exec(whole) ?? [];
    if (name !== undefined) found.push([unescaped(name), unescaped(value ?? '')]);
  }
  return found;
}

const letters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/g, (_all, code?: string, char = '') =>
    code === undefined ? (letters[String(char)] ?? String(char)) : String.fromCharCode(parseInt(code, 16)),
  );
}

/** A client of Kafka's, which stands in one line of JAAS, beside the address of its server. @see https://kafka.apache.org/documentation/#security_sasl_oauthbearer */
export function withoutJaas([name, value]: readonly [string, string]): VariableList {
  const [, before] = /^((?:[\w.]{1,200}\.)?sasl\.)jaas\.config$/.exec(name) ?? [];
  if (before === undefined)
    return [[name.replace('sasl.oauthbearer.client.credentials.', 'sasl.oauthbearer.'), value]];
  const options = value.matchAll(
    /\b(client_?id|client_?secret|scope)\s{0,9}=\s{0,9}(["'])((?:\\.|(?!\2)[^\\])*)\2/gi,
  );
  return [...options].map(([, option = '', , text = '']) => [
    `${before}oauthbearer.${option}`,
    unescaped(text),
  ]);
}

/** Names of OAuth's with two values are left out, and said. */
export function withoutTwice(list: VariableList): {
  readonly list: VariableList;
  readonly twice: readonly string[];
} {
  const first = new Map<string, string>();
  const twice = new Set<string>();
  for (const [name, value] of list) {
    const before = first.get(name);
    if (before !== undefined && before !== value && matters(name.slice(name.lastIndexOf('.') + 1)))
      twice.add(name);
    first.set(name, before ?? value);
  }
  return {
    list: list.filter(([name]) => !twice.has(name)),
    twice: [...twice].map((name) => twoValues(name)),
  };
}
