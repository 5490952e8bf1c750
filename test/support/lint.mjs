// Lints everything. What was linted is remembered only while no source at all changes: a rule that knows types may find fault
// with a file because of another one, which ESLint's own cache does not see.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const places = [
  'src',
  'webview',
  'test',
  'esbuild.mjs',
  'eslint.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

function sourcesHash() {
  const hash = createHash('sha256');
  for (const place of places)
    for (const file of filesOf(place))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  return hash.digest('hex').slice(0, 16);
}

function filesOf(place) {
  if (place.includes('.')) return [place];
  return readdirSync(join(root, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

const caches = join('node_modules', '.cache', 'eslint');
const cache = sourcesHash();
mkdirSync(join(root, caches), { recursive: true });
for (const old of readdirSync(join(root, caches), { withFileTypes: true }).filter(
  ({ name }) => name !== cache,
))
  rmSync(join(root, caches, old.name), { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'),
    ...['--max-warnings', '0', '--cache', '--cache-strategy', 'content'],
    ...['--cache-location', join(caches, cache)],
    '.',
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
