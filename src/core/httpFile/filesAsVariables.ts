import type { BodyPart } from './bodyPart.ts';
import type { AboveRequest } from './meta.ts';

const takesFile = /^(?:fileTo|kulalaFileContentsTo)Variable$/;

/**
 * Kulala's `# @file-to-variable NAME ./path` and `# @kulala-file-contents-to-variable NAME ./path`: in a body the file is sent where
 * `{{NAME}}` stands, whatever else has the name.
 *
 * @see https://neovim.getkulala.net/docs/usage/file-to-variable and kulala-core, docs, operators
 */
export function filesAsVariables(above: AboveRequest, resolve: (value: string) => string) {
  const paths = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, value } of above.meta) {
    const [variable = '', ...path] = value.split(/\s+/);
    if (takesFile.test(name) && path.length > 0) paths.set(variable, path.join(' ').replace(/ binary$/, ''));
  }
  // Where a file is sent stands between two marks until the parts of the body are known.
  const marked = (whole: string, inner: string) => (paths.has(inner.trim()) ? `\0${inner.trim()}\0` : whole);
  const pieceOf = (text: string, at: number): readonly BodyPart[] => {
    const path = at % 2 === 1 ? paths.get(text) : undefined;
    if (path === undefined)
      return text === '' ? [] : [{ kind: 'text', text: at % 2 === 1 ? `\0${text}\0` : text }];
    taken.add(text);
    return [{ kind: 'file', path: resolve(path), resolveVariables: false }];
  };
  return {
    resolve: (value: string) => resolve(value.replace(/\{\{([^{}\r\n]*)\}\}/g, marked)),
    split: (parts: readonly BodyPart[]) =>
      parts.flatMap((part) =>
        part.kind === 'file'
          ? { ...part, path: part.path.replace(/\0([^\0]*)\0/g, (_, name: string) => resolve(`{{${name}}}`)) }
          : part.text.split(/\0([^\0]*)\0/).flatMap(pieceOf),
      ),
    /** What stands above the request but for the files that were split out. */
    others: (): AboveRequest => ({
      ...above,
      meta: above.meta.filter(
        ({ name, value }) => !takesFile.test(name) || !taken.has(value.split(/\s+/)[0] ?? ''),
      ),
    }),
  };
}
