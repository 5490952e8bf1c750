import assert from 'node:assert/strict';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { root, temporaryFolder } from '../support/folders.ts';
import { largest, targets, vsixPath } from '../support/package.mjs';
import { readZip } from '../support/zip.ts';

const allowed =
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/[\w.-]+|dist\/providers\/[\w.-]+|media\/(icon\.png|activity\.svg)|media\/walkthrough\/[\w.-]+)$/;

/** What is known to be in each package: bundled, copied, or brought by the demo server. */
const ofOthers = [
  ...['jose', 'oauth4webapi', 'yaml', 'dotenv', 'jsonc-parser', 'lit'],
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

    it('starts from few files, and copies nothing of VS Code’s API', async () => {
      const programs = [...files.keys()].flatMap(
        (name) => /^extension\/dist\/(\w+)\.cjs$/.exec(name)?.[1] ?? [],
      );
      assert.deepEqual(programs.sort(), ['extension', 'first', 'later']);
      const copies = (await codeOf(files)).flatMap((text) => text.match(/\w\(require\("vscode"\)/g) ?? []);
      assert.deepEqual(copies, []);
    });

    it('holds what the pages of its views are made of, and every icon that these name', async () => {
      const known = iconsOf(
        await readFile(join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8'),
      );
      const views = (await readdir(join(root, 'webview'))).filter((name) => name.endsWith('.entry.ts'));
      const packed = (await codeOf(files)).join('');
      const icons = iconsOf(packed);
      const named: string[] = [];
      for (const name of views.map((file) => file.replace('.entry.ts', '.js'))) {
        assert.ok(packed.includes(`${JSON.stringify(name)}]`), `The chunks of ${name} are not listed.`);
        const script = await readFile(join(root, 'dist', 'webview', name), 'utf8');
        assert.doesNotMatch(script, /<!--|<\/?script/i);
        for (const chunk of script.split(/(?<=\(name\)=>self\[name\]\);)/))
          assert.ok(packed.includes(chunk), `A chunk of ${name} is not in the package.`);
        named.push(...[...script.matchAll(/\bicon:"([a-z-]+)"/g)].flatMap(([, icon]) => icon ?? []));
      }
      assert.ok(new Set(named).size > 10);
      assert.deepEqual(
        named.filter((name) => known.has(name) && !icons.has(name)),
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

/** The code of a package, program by program, as its own module unpacks it. */
async function codeOf(files: ReadonlyMap<string, Buffer>): Promise<readonly string[]> {
  const folder = await temporaryFolder('package');
  for (const name of ['later.cjs', 'later.cjs.br'])
    await writeFile(join(folder, name), files.get(`extension/dist/${name}`) ?? '');
  const later = createRequire(import.meta.url)(join(folder, 'later.cjs')) as {
    readonly names: readonly string[];
    code: (program: string) => string;
  };
  const packed = later.names.map((name) => later.code(name));
  await rm(folder, { recursive: true });
  return [...packed, ...[...files].flatMap(([name, bytes]) => (/\.c?js$/.test(name) ? String(bytes) : []))];
}

function iconsOf(css: string): Set<string> {
  return new Set([...css.matchAll(/\.codicon-([\w-]+):before/g)].flatMap(([, name]) => name ?? []));
}
