import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { before, describe, it } from 'node:test';
import { root } from '../support/folders.ts';
import { largest, targets, vsixPath } from '../support/package.mjs';
import { readZip } from '../support/zip.ts';

const allowed =
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/[\w.-]+|dist\/(webview|providers)\/[\w.-]+|media\/(icon\.png|activity\.svg)|media\/walkthrough\/[\w.-]+)$/;

/** What is known to be in each package: bundled, copied, or brought by the demo server. */
const ofOthers = [
  ...['jose', 'oauth4webapi', 'yaml', 'dotenv', 'jsonc-parser', 'lit', '@vscode-elements/elements'],
  ...['@github/keytar', '@vscode/codicons', 'oidc-provider', 'koa'],
];

for (const [target, binary] of Object.entries(targets))
  describe(`the package for ${target}`, () => {
    let files: Map<string, Buffer>;
    before(async () => {
      files = await readZip(vsixPath(target));
    });

    it('holds only its own keychain binary', async () => {
      const binaries = [...files.keys()].filter((name) => name.endsWith('.node'));
      assert.deepEqual(binaries, ['extension/dist/keytar.node']);
      const prebuilt = join(root, 'node_modules/@github/keytar/prebuilds', binary, 'keytar.node');
      assert.ok(files.get('extension/dist/keytar.node')?.equals(await readFile(prebuilt)));
    });

    it('holds nothing but what is needed', () => {
      const inside = [...files.keys()].filter((name) => name.startsWith('extension/'));
      assert.deepEqual(
        inside.filter((name) => !allowed.test(name)),
        [],
      );
      for (const needed of ['package.json', 'dist/extension.cjs', 'media/icon.png'])
        assert.ok(files.has(`extension/${needed}`), `${needed} is missing`);
    });

    it('says its texts in its manifest itself', () => {
      const manifest = String(files.get('extension/package.json'));
      assert.deepEqual(manifest.match(/"%[^"]+%"/g) ?? [], []);
      assert.match(manifest, /"title":"Add Profile…"/);
    });

    it('starts from few files, and copies nothing of VS Code’s API', () => {
      const programs = [...files.keys()].flatMap(
        (name) => /^extension\/dist\/(\w+)\.cjs$/.exec(name)?.[1] ?? [],
      );
      assert.deepEqual(programs.sort(), ['extension', 'first', 'later']);
      const copies = [...code(files)].flatMap((text) => text.match(/\w\(require\("vscode"\)/g) ?? []);
      assert.deepEqual(copies, []);
    });

    it('holds what the pages of its views fetch beside their scripts', () => {
      const wanted = [...code(files)].flatMap((text) => text.match(/chunk-[A-Z0-9]+\.js\b/g) ?? []);
      assert.ok(wanted.length > 0);
      assert.deepEqual(
        wanted.filter((name) => !files.has(`extension/dist/webview/${name}`)),
        [],
      );
    });

    it('holds every icon that its code names', async () => {
      const there = iconsOf(String(files.get('extension/dist/webview/codicon.css')));
      const known = iconsOf(
        await readFile(join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8'),
      );
      const named = [...code(files)].flatMap((text) =>
        [...text.matchAll(/\bicon:"([a-z-]+)"/g)].flatMap(([, name]) => name ?? []),
      );
      assert.ok(named.length > 30);
      assert.deepEqual(
        named.filter((name) => known.has(name) && !there.has(name)),
        [],
      );
    });

    it('names everything of others that is in it, with its licence', () => {
      const notices = String(files.get('extension/dist/THIRD_PARTY_NOTICES.txt'));
      const named = new Set(notices.match(/^(?:@[\w.-]+\/)?[\w.-]+(?= \d+\.\d+\.\d+\S*$)/gm));
      assert.deepEqual(
        ofOthers.filter((name) => !named.has(name)),
        [],
      );
      assert.match(notices, /Attribution 4\.0 International/);
    });

    it('is for that platform, says its manifest', () => {
      assert.match(String(files.get('extension.vsixmanifest')), new RegExp(`TargetPlatform="${target}"`));
    });

    it('has at most 700 KB', async () => {
      assert.ok((await stat(vsixPath(target))).size <= largest);
    });
  });

/** The code of a package, file by file, unpacked. */
function* code(files: ReadonlyMap<string, Buffer>): Generator<string> {
  for (const [name, bytes] of files) {
    if (/\.c?js$/.test(name)) yield String(bytes);
    if (name.endsWith('.cjs.br')) yield String(brotliDecompressSync(bytes));
  }
}

function iconsOf(css: string): Set<string> {
  return new Set([...css.matchAll(/^\.codicon-([\w-]+):before/gm)].flatMap(([, name]) => name ?? []));
}
