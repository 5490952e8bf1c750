// Fails when files or folders of src and webview import each other in a circle, or a layer imports one above it.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What each layer may import besides itself; `src/extension.ts` and `src/cli.ts` compose and are imported by nobody. */
const allowed = {
  'src/shared': [],
  'src/core': ['src/shared'],
  'src/demo': [],
  'src/adapters': ['src/core'],
  'src/host': ['src/shared', 'src/core', 'src/adapters', 'src/demo'],
  'src/cli': ['src/shared', 'src/core', 'src/adapters'],
  webview: ['src/shared'],
};

const files = ['src', 'webview'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')),
);
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const faults = [...wrongLayers(), ...circlesOf(imports, 'files'), ...circlesOf(folders(), 'folders')];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);

function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+\.ts)'/g)].map(([, path]) =>
    normalize(join(dirname(file), path)).replaceAll('\\', '/'),
  );
  return new Set(found.filter((path) => existsSync(join(root, path))));
}

function layerOf(file) {
  return Object.keys(allowed).find((layer) => file.startsWith(`${layer}/`));
}

function wrongLayers() {
  return [...imports].flatMap(([file, targets]) => {
    const layer = layerOf(file);
    if (layer === undefined) return [];
    return [...targets]
      .filter((target) => layerOf(target) !== layer && !allowed[layer].includes(layerOf(target)))
      .map((target) => `${file} must not import ${target}.`);
  });
}

/** The imports between folders. */
function folders() {
  const graph = new Map();
  for (const [file, targets] of imports) {
    const from = dirname(file);
    const to = graph.get(from) ?? new Set();
    // A folder and those within it are one part.
    for (const target of [...targets].map(dirname))
      if (!within(target, from) && !within(from, target)) to.add(target);
    graph.set(from, to);
  }
  return graph;
}

function within(one, other) {
  return one === other || one.startsWith(`${other}/`);
}

/** Tarjan's strongly connected components of more than one member. */
function circlesOf(graph, what) {
  const [index, low, stack, found] = [new Map(), new Map(), [], []];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) found.push(`A circle of ${what}: ${circle.sort().join(', ')}`);
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}
