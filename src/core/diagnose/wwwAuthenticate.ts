/** One challenge of a `WWW-Authenticate` field; every value is the server's and hostile. */
export interface Challenge {
  /** In lower case, such as `bearer`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** How much of a field is read; longer ones are cut. */
const limit = 8192;

/** A scheme, or a parameter, or what separates them; each alternative starts with another character class. */
const part = /\s*(?:([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?|,|.)/gsy;

/**
 * Takes apart a `WWW-Authenticate` field: a list of challenges, each a scheme with parameters. What is no challenge is
 * skipped; of a parameter sent twice the first counts.
 *
 * @see RFC 9110 section 11.6.1, RFC 6750 section 3
 */
export function parseWwwAuthenticate(field: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [text, name, quoted, token] of field.slice(0, limit).matchAll(part)) {
    if (name === undefined) continue;
    const isParameter = /[=]/.test(text) && !isToken68(text);
    const current = challenges.at(-1);
    if (!isParameter) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else if (current && !current.parameters.has(name.toLowerCase()))
      current.parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gs, '$1') ?? token ?? '');
  }
  return challenges.filter(({ scheme }) => scheme !== '');
}

/** `abc==`: credentials without names, which only old schemes have. */
function isToken68(text: string): boolean {
  return /=+\s*$/.test(text);
}
