import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { before, describe, it } from 'node:test';
import { root } from '../support/folders.ts';
import { largest, targets, vsixPath } from '../support/package.mjs';
import { readZip } from '../support/zip.ts';

const allowed =
  /^extension\/(package\.json|package\.nls\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/[\w.-]+|dist\/(webview|providers)\/[\w.-]+|media\/(icon\.png|activity\.svg)|media\/walkthrough\/[\w.-]+)$/;

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
      for (const needed of ['package.json', 'package.nls.json', 'dist/extension.cjs', 'media/icon.png'])
        assert.ok(files.has(`extension/${needed}`), `${needed} is missing`);
    });

    it('holds what the pages of its views fetch beside their scripts', () => {
      const code = [...files].flatMap(([name, bytes]) =>
        name.endsWith('.cjs')
          ? [String(bytes)]
          : name.endsWith('.cjs.br')
            ? [String(brotliDecompressSync(bytes))]
            : [],
      );
      const wanted = code.flatMap((text) => text.match(/chunk-[A-Z0-9]+\.js\b/g) ?? []);
      assert.ok(wanted.length > 0);
      assert.deepEqual(
        wanted.filter((name) => !files.has(`extension/dist/webview/${name}`)),
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
