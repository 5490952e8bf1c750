/** One challenge of a `WWW-Authenticate` field; every value is the server's and hostile. */
export interface Challenge {
  /** In lower case, such as `bearer`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** How much of a field is read; longer ones are cut. */
const limit = 8192;

/**
 * A name with what stands after its `=`; a quoted text; or any other character. Each starts differently, and a quoted
 * text that nothing closes goes to the end: linear.
 */
const part =
  /([\w!#$%&'*+.^`|~-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^]?)*)(?:"|$)|([^\s,"]*)))?|"(?:[^"\\]|\\[^]?)*(?:"|$)|[^]/g;

/**
 * Takes apart a `WWW-Authenticate` field: a list of challenges, each a scheme with parameters. What is not a challenge is
 * skipped; of a parameter sent twice the first counts, and one that should be quoted goes on over blanks.
 *
 * @see RFC 9110 section 11.6.1, RFC 6750 section 3
 */
export function parseWwwAuthenticate(field: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let atStart = true;
  /** The parameter whose value stands without quotes, and may go on. */
  let open: string | undefined;
  for (const [text, name, quoted, token] of field.slice(0, limit).matchAll(part)) {
    if (/^\s$/.test(text)) continue;
    const current = challenges.at(-1);
    // A name alone is a scheme at the start and after a comma; elsewhere it is credentials of an old scheme.
    if (name !== undefined && quoted === undefined && token === undefined) {
      if (atStart) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
      else if (open !== undefined)
        current?.parameters.set(open, `${current.parameters.get(open) ?? ''} ${name}`);
    } else {
      open = undefined;
      if (name !== undefined && current && !current.parameters.has(name.toLowerCase())) {
        if (quoted === undefined) open = name.toLowerCase();
        current.parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gs, '$1') ?? token ?? '');
      }
    }
    atStart = text === ',';
  }
  return challenges;
}
