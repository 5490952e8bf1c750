// Makes one .vsix per platform in out/, each with only its own keychain binary: `npm run package [-- [--pre-release] [TARGET …]]`.
import { copyFile, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { onceFor } from './sources.mjs';

const root = join(import.meta.dirname, '..', '..');

/** Each platform that VS Code's marketplace knows and we ship for, with keytar's name for its binary. */
export const targets = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

/** Whether this computer's C library is musl, as on Alpine. */
export const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;

/** The target of this computer. Throws when we do not ship for it. */
export function targetHere() {
  const platform = musl ? 'alpine' : process.platform;
  const target = `${platform}-${process.arch}`;
  if (!(target in targets))
    throw new Error(
      `There is no package for ${target}. There is one for ${Object.keys(targets).join(', ')}.`,
    );
  return target;
}

/** Packages for this computer, unless that was done with the sources as they are now. */
export async function ensurePackaged() {
  await ensureBuilt();
  const target = targetHere();
  await onceFor('package', [vsixPath(target)], () => packageFor(target, { scan: false }));
}

/** Bytes. */
export const largest = 700 * 1024;

/** Whether a file goes into the packages: the command line is a package of its own, and the views are among the packed chunks. */
function inPackage(path) {
  return path !== join(root, 'dist', 'cli') && path !== join(root, 'dist', 'webview');
}

async function rewrite(path, change) {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/**
 * The README for those who installed the extension: without how it is built, and without what only a clone has. A comment that
 * begins such a part may give the sentence that takes its place.
 *
 * @param {string} whole
 */
export function forUsers(whole) {
  const readme = whole.replace(/<!-- clone(?:: ([^]*?))? -->[^]*?<!-- \/clone -->\n\n/g, (_, instead) =>
    instead === undefined ? '' : `${instead}\n\n`,
  );
  if (readme === whole) throw new Error('README.md has no part between “clone” and “/clone”.');
  const end = readme.indexOf('\n## Choices\n');
  if (end < 0) throw new Error('README.md has no section “Choices”, which the packages end before.');
  return readme.slice(0, end);
}

/**
 * A manifest with its texts in place of their keys: they are in one language, and in one file they pack better than in two.
 *
 * @param {unknown} value
 * @param {Readonly<Record<string, string>>} texts by key
 * @returns {unknown}
 */
export function withTexts(value, texts) {
  if (typeof value === 'string') {
    const key = /^%(.+)%$/.exec(value)?.[1];
    if (key !== undefined && !(key in texts)) throw new Error(`package.nls.json has no text for ${value}.`);
    return key === undefined ? value : texts[key];
  }
  if (Array.isArray(value)) return value.map((one) => withTexts(one, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTexts(one, texts)]));
}

/** The path of a target's package. */
export function vsixPath(target) {
  return join(root, 'out', `oauth-explorer-${target}.vsix`);
}

/**
 * Packages what `dist/` holds for one target. Throws when the package is larger than it may be, or when `scan` finds a secret
 * in it. The marketplaces take as a pre-release only what was packaged with `preRelease`.
 */
export async function packageFor(target, { scan = true, preRelease = false } = {}) {
  const binary = targets[target];
  if (binary === undefined)
    throw new Error(`There is no target ${target}. The targets are ${Object.keys(targets).join(', ')}.`);
  const stage = join(root, 'out', 'stage', target);
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist', 'media'])
    if (existsSync(join(root, name)))
      await cp(join(root, name), join(stage, name), { recursive: true, filter: inPackage });
  // What only this repository needs stays here.
  await rewrite(join(stage, 'README.md'), forUsers);
  await rewrite(join(stage, 'dist/oauth.checks.schema.json'), (schema) => JSON.stringify(JSON.parse(schema)));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  delete manifest.scripts;
  delete manifest.devDependencies;
  const texts = JSON.parse(await readFile(join(root, 'package.nls.json'), 'utf8'));
  await writeFile(join(stage, 'package.json'), JSON.stringify(withTexts(manifest, texts)));
  await copyFile(
    join(root, 'node_modules', '@github', 'keytar', 'prebuilds', binary, 'keytar.node'),
    join(stage, 'dist', 'keytar.node'),
  );
  // Loaded only here: the tests import this file for the paths of the packages.
  const [{ createVSIX }, { repacked }] = await Promise.all([import('@vscode/vsce'), import('./repack.mjs')]);
  await createVSIX({
    cwd: stage,
    target,
    packagePath: vsixPath(target),
    ignoreFile: join(root, '.vscodeignore'),
    dependencies: false,
    preRelease,
    allowMissingRepository: true,
    // The pictures of the README are not in the package: on the pages of the marketplaces they come from the repository.
    rewriteRelativeLinks: true,
    allowPackageAllSecrets: !scan,
  });
  await rm(stage, { recursive: true });
  await writeFile(vsixPath(target), await repacked(await readFile(vsixPath(target))));
  const { size } = await stat(vsixPath(target));
  if (size > largest)
    throw new Error(
      `${vsixPath(target)} has ${Math.ceil(size / 1024)} KB; a package may have at most ${largest / 1024} KB. Look for what grew in dist/ (node esbuild.mjs prints nothing; compare its chunks).`,
    );
  return size;
}

if (process.argv[1] === import.meta.filename) {
  const given = process.argv.slice(2);
  const preRelease = given.includes('--pre-release');
  const named = given.filter((one) => one !== '--pre-release');
  const wanted = named.length > 0 ? named : Object.keys(targets);
  await ensureBuilt();
  if (given.length > 0) await packageAll(wanted, preRelease);
  else await onceFor('package', wanted.map(vsixPath), () => packageAll(wanted, false));
}

async function packageAll(wanted, preRelease) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const [index, target] of wanted.entries()) {
    // The packages differ only in keytar's binary: what was found free of secrets once need not be read seven times.
    const size = await packageFor(target, { scan: index === 0, preRelease });
    console.log(
      `oauth-explorer ${version} for ${target}: ${Math.ceil(size / 1024)} KB (${vsixPath(target)})`,
    );
  }
}
