// Builds dist/: the extension (CommonJS, split so that activation loads almost nothing), the webviews (browser ESM) and the
// command line (CommonJS, in dist/cli).
import { build, transform } from 'esbuild';
import { chmod, copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import subsetFont from 'subset-font';
import { minify } from 'terser';
import { lazyGroups } from './test/support/lazyGroups.mjs';
import { leanLibraries } from './test/support/leanLibraries.mjs';
import { thirdPartyNotices } from './test/support/notices.mjs';
import { musl, targets } from './test/support/package.mjs';
import { packTogether } from './test/support/packTogether.mjs';
import { providerCatalogue, withProviders } from './test/support/providerCatalogue.mjs';

const production = !process.argv.includes('--dev');
const common = {
  bundle: true,
  minify: production,
  // The notices of third parties are a file of their own.
  legalComments: 'none',
  charset: 'utf8',
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
};

// What test/support/build.mjs remembers of it holds no longer.
await rm('node_modules/.cache/build', { recursive: true, force: true });
await rm('dist', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });

const { webviews, viewFiles, viewChunks } = await buildViews();

const extension = await nodeProgram({ extension: 'src/extension.ts' }, 'dist', {
  external: ['vscode', '*.node'],
  plugins: [leanLibraries, withProviders, await lazyGroups(join(import.meta.dirname, 'src'))],
  // In a build to be debugged each view is a file.
  ...(production && { define: { VIEW_CHUNKS: JSON.stringify(viewChunks) } }),
});

// The keychain adapter loads this platform's binary from beside the bundle; the packages get their own platform's.
const keytar = `node_modules/@github/keytar/prebuilds/${process.platform}${musl ? 'musl' : ''}-${process.arch}/keytar.node`;
if (existsSync(keytar)) await copyFile(keytar, 'dist/keytar.node');

// What other extensions may import as types: it is made of nothing else.
await copyFile('src/shared/api.ts', 'dist/api.d.ts');

await writeContractSchema();

await writeFile(
  'dist/THIRD_PARTY_NOTICES.txt',
  await thirdPartyNotices([webviews.metafile, extension.metafile], import.meta.dirname),
);
await writeCommandLine(await providerCatalogue());

/**
 * A program for Node: esbuild splits only ES modules, but every host loads CommonJS (and starts it faster), so it is split first
 * and each chunk turned into CommonJS afterwards.
 */
async function nodeProgram(entryPoints, outdir, options) {
  const built = await build({
    ...common,
    entryPoints,
    outdir,
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    chunkNames: 'chunk-[hash]',
    sourcemap: false,
    mainFields: ['module', 'main'],
    conditions: ['import', 'node'],
    // As ES modules, of which only what is used comes along; Node would get the whole of it.
    alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
    ...options,
  });
  const chunks = [];
  for (const file of Object.keys(built.metafile.outputs)) {
    const { code: made } = await transform(withOneApi(await readFile(file, 'utf8')), {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: production,
      legalComments: 'none',
      charset: 'utf8',
      // Otherwise esbuild keeps `import()`, which resolves a .cjs file's exports differently in each host.
      supported: { 'dynamic-import': false },
    });
    const code = production ? await smaller(made) : made;
    if (production && basename(file).startsWith('chunk-')) chunks.push({ file, code });
    else await writeFile(file, code);
  }
  if (production) await writeChunks(outdir, chunks, built.metafile.outputs);
  return built;
}

/**
 * The same program in fewer bytes: what esbuild made still packs 4 % larger than it must.
 *
 * @param {string} program CommonJS made of an ES module, so strict and with nothing that another file sees but its exports.
 */
async function smaller(program) {
  const mangle = { nth_identifier: { get: shortName } };
  const options = { ecma: 2022, module: true, compress: { passes: 2 }, mangle, format: { comments: false } };
  const { code } = await minify(program, options);
  return code;
}

/** The nth of all names: in each program the same, where Terser takes the letters that are frequent in it; so one repeats another. */
function shortName(n) {
  const letters = 'etnriosalcudpfmhgvbywxkTSjCIEANODPLRMFBUVzqHGWKXYJQZ';
  const place = Math.floor(n / letters.length);
  return letters[n % letters.length] + (place === 0 ? '' : shortName(place - 1));
}

/** An ES module that takes VS Code's API as it is: esbuild copies its 500 members for each file that imports it. */
function withOneApi(code) {
  const names = [];
  const rest = code.replace(/\bimport\s*\*\s*as ([\w$]+) from\s*"vscode";/g, (_, name) => {
    names.push(name);
    return '';
  });
  const [first, ...others] = names;
  if (first === undefined) return code;
  return `const ${[`${first}=require("vscode")`, ...others.map((name) => `${name}=${first}`)].join()};${rest}`;
}

/**
 * Writes chunks so that activation reads one file of them. All others are packed as one: what every window loads soon after its
 * start, then the rest, which repeats much of it.
 */
async function writeChunks(outdir, chunks, outputs) {
  const first = reached(outputs, /^src\//);
  const soon = reached(outputs, /^group:(start|leaks)$/);
  // By what is in them: their own names depend on the folder that all is built in.
  const inputs = ({ file }) => Object.keys(outputs[file].inputs).join();
  chunks.sort((a, b) => (inputs(a) < inputs(b) ? -1 : 1));
  const homes = new Map(
    chunks.map(({ file }, index) => [
      basename(file),
      { home: first.has(file) ? './first.cjs' : './later.cjs', name: `${index}.cjs` },
    ]),
  );
  const placed = (code) =>
    code
      .replace(/require\("\.\/([\w-]+\.cjs)"\)/g, (all, file) => {
        const { home, name } = homes.get(file) ?? {};
        return home === undefined ? all : `require("${home}")("${name}")`;
      })
      .replace(/\bPACKED\b/g, 'require("./later.cjs").code');
  const parts = { first: [], soon: [], later: [] };
  for (const { file, code } of chunks) {
    const part = first.has(file) ? 'first' : soon.has(file) ? 'soon' : 'later';
    parts[part].push({ name: homes.get(basename(file)).name, code: placed(code) });
    await rm(file);
  }
  for (const file of Object.keys(outputs))
    if (!homes.has(basename(file))) await writeFile(file, placed(await readFile(file, 'utf8')));
  await writeFirst(outdir, parts.first);
  // Whoever opens a view has loaded this part.
  parts.later.push(...viewFiles);
  await packTogether(join(import.meta.dirname, outdir), [parts.soon, parts.later]);
}

/** The files that entry points load by themselves. */
function reached(outputs, entryPoints) {
  const files = new Set();
  const reach = (file) => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') reach(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs))
    if (entryPoints.test(entryPoint ?? '')) reach(file);
  return files;
}

/** Writes chunks as one module that gives what a chunk of a name exports. */
async function writeFirst(outdir, chunks) {
  const all = chunks.map(({ name, code }) => `"${name}":(module)=>{${code}}`).join();
  await writeFile(
    `${outdir}/first.cjs`,
    `const all={${all}},ran={};\
module.exports=(name)=>{if(!ran[name])all[name]((ran[name]={exports:{}}));return ran[name].exports};\n`,
  );
}

/** The schema of `oauth.checks.json`: it is made of the checks that there are. */
async function writeContractSchema() {
  const {
    outputFiles: [program],
  } = await build({
    ...common,
    entryPoints: ['src/core/contract/schema.ts'],
    mainFields: ['module', 'main'],
    write: false,
    metafile: false,
    sourcemap: false,
    format: 'esm',
    platform: 'node',
    alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
  });
  const module = `data:text/javascript;base64,${Buffer.from(program.contents).toString('base64')}`;
  const { contractSchema } = await import(module);
  await writeFile('dist/oauth.checks.schema.json', JSON.stringify(contractSchema()));
}

/** The command line: a package of npm's of its own in dist/cli, which depends on no other and is in no .vsix. */
async function writeCommandLine(providers) {
  const folder = 'dist/cli';
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  const { name, version, license, repository, engines } = manifest;
  const program = await commandLinePrograms(folder, version);
  await chmod(`${folder}/oauth-explorer.cjs`, 0o755);
  await mkdir(`${folder}/providers`, { recursive: true });
  await writeFile(`${folder}/providers/all.json`, providers);
  for (const place of Object.values(targets)) {
    await mkdir(`${folder}/keychains/${place}`, { recursive: true });
    const binary = `keychains/${place}/keytar.node`;
    await copyFile(`node_modules/@github/keytar/prebuilds/${place}/keytar.node`, `${folder}/${binary}`);
  }
  await copyFile('LICENSE', `${folder}/LICENSE`);
  await writeFile(
    `${folder}/THIRD_PARTY_NOTICES.txt`,
    await thirdPartyNotices([program.metafile], import.meta.dirname),
  );
  await writeFile(
    `${folder}/package.json`,
    JSON.stringify(
      {
        ...{ name, version, license, repository },
        description:
          'Get OAuth tokens, check a server, explain its answers: OAuth Explorer on the command line.',
        bin: { 'oauth-explorer': 'oauth-explorer.cjs' },
        engines: { node: engines.node },
      },
      undefined,
      2,
    ),
  );
}

/**
 * The program, and beside it one bundle for each thing that it imports when it is wanted: a file that is read costs more time
 * than what is in it twice, and `decode` must be there at once.
 */
async function commandLinePrograms(folder, version) {
  const sources = await readdir('src/cli', { recursive: true });
  const wanted = await Promise.all(
    [...sources.filter((name) => name.endsWith('.ts')).map((name) => `src/cli/${name}`), 'src/cli.ts'].map(
      async (file) => (await readFile(file, 'utf8')).matchAll(/import\('\.{1,2}\/([\w/]+)\.ts'\)/g),
    ),
  );
  const names = new Set(wanted.flatMap((found) => [...found].map(([, name]) => name)));
  return build({
    ...common,
    entryPoints: {
      'oauth-explorer': 'src/cli.ts',
      ...Object.fromEntries([...names].map((name) => [name, `src/cli/${name}.ts`])),
    },
    outdir: folder,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    sourcemap: false,
    mainFields: ['module', 'main'],
    conditions: ['import', 'node'],
    external: ['*.node'],
    alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
    define: { VERSION: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
    // Otherwise esbuild keeps `import()` of what is external, which is slower than `require`.
    supported: { 'dynamic-import': false },
    plugins: [besideProgram(names)],
  });
}

/** Leaves what the command line imports when it is wanted to the bundle beside it. */
function besideProgram(names) {
  return {
    name: 'beside-program',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\/\w+\.ts$/ }, ({ path, kind, resolveDir }) => {
        const name = basename(path, '.ts');
        const isOurs = kind === 'dynamic-import' && /[\\/]src[\\/]cli([\\/]commands)?$/.test(resolveDir);
        return isOurs && names.has(name) ? { path: `./${name}.cjs`, external: true } : undefined;
      });
    },
  };
}

/**
 * Builds the views. A page of theirs has its script in it, where modules cannot be imported: each chunk becomes a function that
 * leaves what it exports where the next ones look for it. For tests, and for what runs without the packed chunks, each view's are
 * also written as one file.
 */
async function buildViews() {
  const entries = (await readdir('webview')).filter((name) => name.endsWith('.entry.ts'));
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: entries.map((name) => ({ in: `webview/${name}`, out: name.replace('.entry.ts', '') })),
    outdir: 'dist/webview',
    write: false,
    format: 'esm',
    splitting: true,
    platform: 'browser',
    target: 'chrome128',
    chunkNames: 'chunk-[hash]',
    sourcemap: false,
  });
  const texts = new Map();
  for (const { path, text } of outputFiles) texts.set(basename(path), await inPage(basename(path), text));
  const icons = await iconStyles([...texts.values()]);
  await writeFile('dist/webview/icons.css', icons);
  const viewChunks = {};
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined) continue;
    const chunks = inOrder(metafile.outputs, file).map((path) => basename(path));
    viewChunks[basename(file, '.js')] = chunks;
    await writeFile(file, chunks.map((name) => texts.get(name)).join(''));
  }
  const viewFiles = [...texts, ['icons.css', icons]].map(([name, code]) => ({ name, code }));
  return { webviews: { metafile }, viewFiles, viewChunks };
}

/** A chunk as part of an element `script`, which `<!--` or `</script` would end early. */
async function inPage(name, text) {
  const { code } = await transform(text, {
    ...{ format: 'cjs', target: 'chrome128', minify: production, legalComments: 'none', charset: 'utf8' },
    sourcemap: false,
  });
  const made = production ? await smaller(code) : code;
  const inside = made.trimEnd().replace(/<(?=!--|\/?script)/gi, '\\x3c');
  return `((module,require)=>{${inside}\nself["./${name}"]=module.exports})({},(name)=>self[name]);`;
}

/** A file and all that it imports, each after what it imports. */
function inOrder(outputs, file) {
  const files = new Set();
  const reach = (one) => {
    for (const { path, kind } of outputs[one].imports) if (kind === 'import-statement') reach(path);
    files.add(one);
  };
  reach(file);
  return [...files];
}

/** The icons' style sheet with their font in it, and only those whose names occur in `texts` (a tenth of its 120 KB). */
async function iconStyles(texts) {
  const source = 'node_modules/@vscode/codicons/dist';
  const css = await readFile(`${source}/codicon.css`, 'utf8');
  // A name stands as a whole text, or after the prefix of its class.
  const name = /(?<=["'`]|codicon-)[a-z0-9]+(?:-[a-z0-9]+)*(?=["'`\s])/g;
  const words = new Set(texts.flatMap((text) => text.match(name) ?? []));
  const glyphs = [];
  const rules = css.replace(
    /^\.codicon-([\w-]+):before \{ content: "\\([0-9a-f]+)" \}\r?\n/gm,
    (rule, name, code) => {
      if (!words.has(name)) return '';
      glyphs.push(String.fromCodePoint(Number.parseInt(code, 16)));
      return rule;
    },
  );
  if (glyphs.length === 0) throw new Error(`${source}/codicon.css has no icon in the form that is expected.`);
  const font = await readFile(`${source}/codicon.ttf`);
  const face = /url\("\.\/codicon\.ttf\?\w+"\) format\("truetype"\)/;
  if (!face.test(rules)) throw new Error(`${source}/codicon.css does not say where its font is.`);
  const subset = await subsetFont(font, glyphs.join(''), { targetFormat: 'woff2' });
  const { code } = await transform(
    rules.replace(face, `url("data:font/woff2;base64,${subset.toString('base64')}") format("woff2")`),
    { loader: 'css', minify: true, legalComments: 'none' },
  );
  return code;
}
