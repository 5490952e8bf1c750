import { deepestJson, stringEnd } from './jsonDepth.ts';

/** Names that are told at most. */
const most = 10;

/**
 * The names that a form, or an object in JSON text, has more than once, each once: of those values one is lost, and readers do not
 * agree on which. Objects deeper than `deepestJson` are passed over. Linear in the length of the text; what is not JSON gives names or
 * none, and never throws.
 *
 * @see RFC 8259 section 4, RFC 6749 section 3.2
 */
export function namesTwice(text: string): readonly string[] {
  if (!/^[\uFEFF\s]*[{[]/.test(text)) return inForm(text);
  const twice = new Set<string>();
  /** The names of what is open, made with the first one: a text of nothing but brackets costs no sets. */
  const open: (Set<string> | undefined)[] = [];
  let depth = 0;
  for (let at = 0; at < text.length && twice.size < most; at++)
    switch (text.charCodeAt(at)) {
      case 34: {
        // "
        const end = stringEnd(text, at);
        const name = unescaped(text.slice(at + 1, end));
        at = end;
        if (depth > deepestJson || !isName(text, end + 1)) break;
        const names = (open[depth] ??= new Set());
        if (names.has(name)) twice.add(name);
        names.add(name);
        break;
      }
      case 91: // [
      case 123: // {
        depth++;
        if (depth <= deepestJson) open[depth] = undefined;
        break;
      case 93: // ]
      case 125: // }
        depth = Math.max(0, depth - 1);
    }
  return [...twice];
}

/** A form has no blanks, and begins with a name. */
function inForm(text: string): readonly string[] {
  if (!/^[\w.~%+-]{1,100}=\S*$/.test(text.trim())) return [];
  const names = new Set<string>();
  const twice = [...new URLSearchParams(text.trim()).keys()].filter((name) => {
    const known = names.has(name);
    names.add(name);
    return known;
  });
  return [...new Set(twice)].slice(0, most);
}

function unescaped(name: string): string {
  try {
    return name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name;
  } catch {
    return name;
  }
}

/** Whether a colon comes next. */
function isName(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at) === 58;
}
