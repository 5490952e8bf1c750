import { variablePart, type PartName } from './fields.ts';

/** What has to be in each text, or in none, so that none of them is completed with another's. */
const own: ReadonlySet<PartName | undefined> = new Set<PartName | undefined>([
  'clientId',
  'clientSecret',
  'tokenEndpoint',
  'issuer',
]);

const assignment = /^[ \t]*(?:(?:export|set)[ \t]+)?["']?([A-Za-z_][\w.-]{0,200})["']?[ \t]*[=:]/;

/**
 * The texts of several `.env` files that were pasted one behind the other: a new one begins at an empty line or a comment before a
 * name that was there already, or where the first of its names comes again. Where they do not all name the same parts of a client and its server, whose is whose cannot be known:
 * the text stays one.
 */
export function pastedTogether(text: string): readonly string[] {
  const lines = text.split('\n');
  const starts = [0];
  /** Names of this text, and those since the last empty lines or comments. */
  let names = new Set<string>();
  let recent = new Set<string>();
  let between = 0;
  let isBetween = true;
  let isBelow = false;
  for (const [at, line] of lines.entries()) {
    const isSpace = /^[ \t]*(?:#.*)?\r?$/.test(line);
    if (isSpace && !isBetween) {
      between = at;
      recent = new Set();
    }
    isBetween = isSpace;
    const name = isSpace ? undefined : ownName(line);
    if (name === undefined) continue;
    if (names.has(name)) {
      const [first] = names;
      const isParted = between > (starts.at(-1) ?? 0) && !recent.has(name);
      if (!isParted && name !== first) return [text];
      starts.push(isParted ? between : at);
      isBelow ||= !isParted;
      if (!isParted) recent = new Set();
      names = new Set(recent);
    }
    names.add(name);
    recent.add(name);
  }
  const texts = starts.map((start, at) => lines.slice(start, starts[at + 1]).join('\n'));
  return isOfEach(texts, isBelow) ? texts : [text];
}

function ownName(line: string): string | undefined {
  const name = assignment.exec(line)?.[1];
  return name !== undefined && own.has(variablePart(name)?.part) ? name : undefined;
}

/** Whether each names a client and its server by the same names; directly below each other, in the same order, too. */
function isOfEach(texts: readonly string[], isBelow: boolean): boolean {
  const [first = [], ...others] = texts.map((text) => {
    const names = text.split('\n').flatMap((line) => ownName(line) ?? []);
    return isBelow ? names : names.toSorted();
  });
  const parts = new Set(first.map((name) => variablePart(name)?.part));
  const hasServer = parts.has('tokenEndpoint') || parts.has('issuer');
  return hasServer && parts.has('clientId') && others.every((one) => one.join() === first.join());
}
