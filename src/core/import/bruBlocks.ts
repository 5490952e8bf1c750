/** A block of a `.bru` file: `name { … }` or `name [ … ]`. */
export interface BruBlock {
  readonly name: string;
  readonly lines: readonly string[];
}

/** One `name: value` of a block; `off` when it begins with `~`. */
export interface BruPair {
  readonly name: string;
  readonly value: string;
  readonly off: boolean;
}

/** The blocks of a `.bru` text: they begin at the line's start, and end with a brace or bracket there; `open` is one that has no end. */
export function blocksOf(text: string): { readonly blocks: readonly BruBlock[]; readonly open?: string } {
  const blocks: { readonly name: string; readonly lines: string[] }[] = [];
  let inside: string | undefined;
  let isInText = false;
  for (const line of text.split(/\r?\n/)) {
    const begin = /^([a-z][\w:-]{0,100})[ \t]{1,9}[{[][ \t]*$/.exec(line)?.[1];
    // What stands in a block is indented, but for texts that were written by hand.
    if (begin !== undefined && (inside === undefined || isBrunos(begin))) {
      if (inside !== undefined) return { blocks, open: inside };
      blocks.push({ name: begin, lines: [] });
      inside = begin;
      isInText = false;
    } else if (/^[}\]]/.test(line)) inside = undefined;
    else if (inside !== undefined) {
      const lines = blocks.at(-1)?.lines ?? [];
      // Nor does a block of pairs go on where lines are indented no more.
      const isOutside = isBrunos(inside) && !isInText && /^\S/.test(line) && /^[ \t]/.test(lines[0] ?? '');
      if (isOutside) return { blocks, open: inside };
      if (line.split("'''").length === 2) isInText = !isInText;
      lines.push(line);
    }
  }
  return { blocks, ...(inside !== undefined && { open: inside }) };
}

/** Whether only Bruno calls a block so. */
export function isBrunos(name: string): boolean {
  return /^(?:meta|auth(?::oauth2)?|vars(?::[a-z-]+)?)$/.test(name);
}

/** The pairs of a block, with texts of several lines between `'''`; `@` before a name says that a variable is the request's own. */
export function pairsIn({ lines }: BruBlock): readonly BruPair[] {
  const pairs: BruPair[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, off = '', quoted, plain, first = ''] =
      /^\s*(~?)@?(?:"([^"]{1,200})"|([^\s:"][^:]{0,200}?))\s*:[ \t]?(.*)$/.exec(line) ?? [];
    const name = quoted ?? plain;
    if (name === undefined) continue;
    let value = first.trim();
    if (value.startsWith("'''")) {
      const inner = [value.slice(3)];
      while (!(inner.at(-1) ?? '').trimEnd().endsWith("'''") && at + 1 < lines.length)
        inner.push(lines[++at] ?? '');
      value = inner
        .map((one) => one.trim())
        .join('\n')
        .replace(/'''\s*$/, '')
        .trim();
    }
    pairs.push({ name, value, off: off === '~' });
  }
  return pairs;
}
