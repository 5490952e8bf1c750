// Builds dist/: the extension (CommonJS, split so that activation loads almost nothing) and the webviews (browser ESM).
import { build, transform } from 'esbuild';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';

const production = !process.argv.includes('--dev');
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });

// esbuild splits only ES modules, but every host loads CommonJS: split first, then turn each chunk into CommonJS.
const extension = await build({
  ...common,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  platform: 'node',
  target: 'node20',
  external: ['vscode', '*.node'],
  outExtension: { '.js': '.cjs' },
  chunkNames: 'chunk-[hash]',
  sourcemap: false,
  mainFields: ['module', 'main'],
  conditions: ['import', 'node'],
});
for (const file of Object.keys(extension.metafile.outputs)) {
  const { code } = await transform(await readFile(file, 'utf8'), {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: production,
    // Otherwise esbuild keeps `import()`, which resolves a .cjs file's exports differently in each host.
    supported: { 'dynamic-import': false },
  });
  await writeFile(file, code);
}

const views = existsSync('webview')
  ? (await readdir('webview')).filter((name) => name.endsWith('.entry.ts'))
  : [];
if (views.length > 0)
  await build({
    ...common,
    entryPoints: views.map((name) => ({ in: `webview/${name}`, out: name.replace('.entry.ts', '') })),
    outdir: 'dist/webview',
    format: 'esm',
    splitting: true,
    platform: 'browser',
    target: 'chrome128',
    chunkNames: 'chunk-[hash]',
  });
await copyFile('node_modules/@vscode/codicons/dist/codicon.css', 'dist/webview/codicon.css');
await copyFile('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf');

// The keychain adapter loads this platform's binary from beside the bundle; the packages get their own platform's.
const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
const keytar = `node_modules/@github/keytar/prebuilds/${process.platform}${musl ? 'musl' : ''}-${process.arch}/keytar.node`;
if (existsSync(keytar)) await copyFile(keytar, 'dist/keytar.node');

// The provider catalogue is data that is read when it is first needed: a file more is a provider more.
const providers = 'src/core/diagnose/providers';
await mkdir('dist/providers', { recursive: true });
for (const name of await readdir(providers)) {
  const { $schema: _, ...provider } = JSON.parse(await readFile(`${providers}/${name}`, 'utf8'));
  await writeFile(`dist/providers/${name}`, JSON.stringify(provider));
}
