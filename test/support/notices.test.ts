import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { removeFolder, root, temporaryFolder } from './folders.ts';
import { packageFolders, thirdPartyNotices } from './notices.mjs';

/** What esbuild says of a build that read these files. */
const read = (...paths: readonly string[]) => ({
  inputs: Object.fromEntries(paths.map((path) => [path, { bytes: 1 }])),
});

describe('the notices of third parties', () => {
  it('are of the innermost package that a file is of, each once', () => {
    const metafile = read(
      'src/extension.ts',
      'node_modules/@scope/name/lib/a.js',
      'node_modules/@scope/name/lib/b.js',
      'node_modules/koa/node_modules/http-errors/index.js',
      '../elsewhere/node_modules/ms/index.js',
      'node_modules\\jose\\dist\\index.js',
    );
    assert.deepEqual(packageFolders([metafile]), [
      '../elsewhere/node_modules/ms',
      'node_modules/@scope/name',
      'node_modules/jose',
      'node_modules/koa/node_modules/http-errors',
    ]);
  });

  it('name what is copied beside the bundle, with the text of each licence, of CC BY 4.0 its address', async () => {
    const text = await thirdPartyNotices([read('node_modules/jose/dist/index.js')], root);
    assert.match(text, /^@github\/keytar \d+\.\d+\.\d+$/m);
    assert.match(text, /^@vscode\/codicons \d+\.\d+\.\d+$/m);
    assert.match(
      text,
      /^Attribution 4\.0 International\nhttps:\/\/creativecommons\.org\/licenses\/by\/4\.0\/legalcode\n[^]*Git Logo by[^]*Microsoft/m,
    );
    assert.doesNotMatch(text, /Considerations for licensors/);
    assert.match(text, /^jose \d+\.\d+\.\d+\n {2}Copyright [^\n]*Filip Skokan\n[^-]*WITHOUT WARRANTY/m);
  });

  describe('of packages that are kept in other ways', () => {
    let folder: string;
    before(async () => {
      folder = await temporaryFolder('notices');
      const put = async (name: string, files: Readonly<Record<string, string>>) => {
        await mkdir(join(folder, 'node_modules', name), { recursive: true });
        for (const [file, text] of Object.entries(files))
          await writeFile(join(folder, 'node_modules', name, file), text);
      };
      const manifest = (name: string, more = {}) => JSON.stringify({ name, version: '1.2.3', ...more });
      for (const name of ['@github/keytar', '@vscode/codicons', 'twin'])
        await put(name, { 'package.json': manifest(name), 'LICENSE.md': 'Do as you like.  \r\n' });
      await put('readme', {
        'package.json': manifest('readme', { license: 'ISC', author: { name: 'Ada' } }),
        'README.md': '# Readme\n\n## License\n\nAs ISC says.\n\n## More\n\nNothing.',
      });
      const granted = 'Permission is hereby granted,\nfree.\n';
      await put('one', {
        'package.json': manifest('one'),
        LICENSE: `MIT License\n\nCopyright (c) 2020 Ada\n\n${granted}`,
      });
      await put('two', {
        'package.json': manifest('two'),
        LICENSE: `The MIT License (MIT)\n\nCopyright 2021 Bob\n\n${granted.replace('\n', ' ')}`,
      });
      await put('own', {
        'package.json': manifest('own'),
        LICENSE: `MIT License\n\nCopyright 2022 Cy\nAll but fonts.\n\n${granted}`,
      });
      await put('none', { 'package.json': manifest('none') });
    });
    after(() => removeFolder(folder));

    it('say the same text once', async () => {
      const text = await thirdPartyNotices([read('node_modules/twin/a.js')], folder);
      assert.match(
        text,
        /^@github\/keytar 1\.2\.3\n@vscode\/codicons 1\.2\.3\ntwin 1\.2\.3\n\nDo as you like\.\n$/m,
      );
    });

    it('say the same terms once, with each holder’s own line', async () => {
      const text = await thirdPartyNotices(
        [read('node_modules/one/a.js', 'node_modules/two/a.js', 'node_modules/own/a.js')],
        folder,
      );
      assert.match(
        text,
        /^one 1\.2\.3\n {2}Copyright \(c\) 2020 Ada\ntwo 1\.2\.3\n {2}Copyright 2021 Bob\n\nPermission is hereby granted,\nfree\.\n$/m,
      );
      assert.match(text, /^own 1\.2\.3\n\nMIT License\n\nCopyright 2022 Cy\nAll but fonts\.\n\nPermission/m);
    });

    it('take the licence from the manifest and the readme, where there is no file of it', async () => {
      const text = await thirdPartyNotices([read('node_modules/readme/a.js')], folder);
      assert.match(text, /^readme 1\.2\.3\n\nLicence: ISC\nAuthor: Ada\n\nAs ISC says\.\n$/m);
    });

    it('end the build for a package without any licence', async () => {
      await assert.rejects(
        thirdPartyNotices([read('node_modules/none/a.js')], folder),
        /none is in dist\/, but has neither a licence file nor a licence/,
      );
    });
  });
});
