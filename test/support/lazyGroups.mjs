// What is loaded later is loaded in a few groups: a file of its own for each `import()` costs half a kilobyte of glue and a
// zip entry, and packs badly; all of them made a tenth of the package.
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

const lazy = /\bimport\('(\.[^']+)'\)/g;

/** The group of what lies in a folder or file of `src`: the first that its path begins with. */
const groups = [
  ['start', /^host\/(compose|commands\/handle|editor\/editorFeatures)\.ts$/],
  ['demo', /^demo\//],
  ['import', /^host\/commands\/importProfiles\.ts$/],
  // Loaded in every window soon after its start, and by itself a tenth of what the features weigh.
  ['leaks', /^host\/editor\/leakGuard\.ts$/],
  ['providers', /^host\/providers\.ts$/],
  ['features', /^/],
];

/** An esbuild plugin that has every `import('./file.ts')` below `src`, the command line's left out, load the group that the file belongs to. */
export async function lazyGroups(src) {
  /** The files of each group, by group; the place in the list names the export. */
  const members = new Map(groups.map(([name]) => [name, []]));
  const groupOf = (file) => {
    const path = relative(src, file).split(sep).join('/');
    const [name] = groups.find(([, pattern]) => pattern.test(path));
    const files = members.get(name);
    if (!files.includes(file)) files.push(file);
    return [name, files.indexOf(file)];
  };
  const rewritten = new Map();
  const names = (await readdir(src, { recursive: true })).filter(
    // The command line is a program of its own.
    (name) => name.endsWith('.ts') && !/^cli\b/.test(name),
  );
  for (const file of names.sort().map((name) => join(src, name))) {
    const text = await readFile(file, 'utf8');
    const contents = text.replace(lazy, (_, path) => {
      const [name, index] = groupOf(join(dirname(file), path));
      return `import('group:${name}').then((group) => group.m${index})`;
    });
    if (contents !== text) rewritten.set(file, contents);
  }
  return {
    name: 'lazy-groups',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^group:/ }, ({ path }) => ({
        path: path.slice(6),
        namespace: 'group',
      }));
      onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => ({
        contents: members
          .get(path)
          .map((file, index) => `export * as m${index} from ${JSON.stringify(file)};`)
          .join('\n'),
        resolveDir: src,
        loader: 'js',
      }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = rewritten.get(path);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
    },
  };
}
