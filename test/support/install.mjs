// Plain Node, no dependency: what must work in a bare clone, before `npm ci` ran.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Installs the npm dependencies when they are missing or differ from package-lock.json. Throws when npm fails. */
export function ensureDependencies() {
  if (isInstalled(root)) return;
  console.log('Installing the npm dependencies (npm ci) …');
  run('npm', ['ci', '--no-progress', '--no-audit', '--no-fund', '--prefer-offline']);
}

/** Ends the program with a sentence where they are missing or differ: what is built without them fails with a riddle. */
export function requireDependencies(folder = root) {
  if (isInstalled(folder)) return;
  console.error('The npm dependencies are missing, or are not those of package-lock.json: run npm ci.');
  process.exit(1);
}

/** Runs a command in the checkout, showing its output. Throws when it cannot start or fails. */
export function run(command, args, options = {}) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    ...options,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${String(status)}.`);
}

function isInstalled(folder) {
  const there = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(there)) return false;
  const wanted = packages(join(folder, 'package-lock.json'));
  const have = packages(there);
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
