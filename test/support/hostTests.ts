import { build } from 'esbuild';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../host/suite.ts';
import { root } from './folders.ts';
import { withProviders } from './providerCatalogue.mjs';

/** The bundle that the extension host loads; it exports `run()`. */
export const hostBundle = join(root, 'out', 'hostTests.cjs');

/** Name of the variable that tells the extension host where to write its results. */
export const resultsVariable = 'OAUTH_EXPLORER_HOST_RESULTS';

/** Bundles the in-host tests (`*.test.ts` below test/host; `only` narrows by path) into one CommonJS file. */
export async function bundleHostTests(only: readonly string[] = []): Promise<void> {
  const all = (await readdir(join(root, 'test', 'host'), { recursive: true }))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `./${file.replaceAll('\\', '/')}`);
  const files = all.filter((file) => only.length === 0 || only.some((part) => file.includes(part)));
  if (files.length === 0) throw new Error('There is no in-host test to run.');
  const contents = [
    `import { writeFileSync } from 'node:fs';`,
    `import { runTests } from './suite.ts';`,
    `export async function run() {`,
    `  const results = process.env[${JSON.stringify(resultsVariable)}];`,
    `  try {`,
    ...files.map((file) => `    await import(${JSON.stringify(file)});`),
    `    writeFileSync(results, JSON.stringify(await runTests()));`,
    `  } catch (error) {`,
    `    writeFileSync(results, JSON.stringify([{ name: 'loading the tests', milliseconds: 0, error: error.stack }]));`,
    `    throw error;`,
    `  }`,
    `}`,
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: join(root, 'test', 'host'), loader: 'ts' },
    outfile: hostBundle,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['vscode', '*.node', 'esbuild'],
    plugins: [withProviders],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** The outcomes once the extension host has written them; undefined before. */
export async function readOutcomes(file: string): Promise<readonly Outcome[] | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as readonly Outcome[];
  } catch {
    // Not there, or not written to its end yet.
    return undefined;
  }
}

/** Prints the outcomes and leaves the counts for test/run.mjs where `OAUTH_EXPLORER_COUNTS` names a file. */
export async function report(outcomes: readonly Outcome[]): Promise<boolean> {
  const failures = outcomes.filter(({ error }) => error !== undefined);
  const notRun = outcomes.filter((outcome) => outcome.notRun !== undefined);
  for (const { name, milliseconds, error } of outcomes.filter((outcome) => outcome.notRun === undefined))
    console.log(`${error === undefined ? '✔' : '✖'} ${name} (${milliseconds} ms)`);
  for (const { name, notRun: why } of notRun) console.log(`– not run on this machine: ${name}. ${why ?? ''}`);
  const failed = failures.length;
  const counts = { passed: outcomes.length - failed - notRun.length, failed };
  const file = process.env['OAUTH_EXPLORER_COUNTS'];
  if (file !== undefined) await writeFile(file, JSON.stringify(counts));
  console.log(`In the extension host: ${counts.passed} passed, ${failed} failed.`);
  if (failed > 0) console.log(['✖ failing tests:', ...failures.map(detail)].join('\n\n'));
  return failed === 0 && outcomes.length > 0;
}

function detail({ name, error }: Outcome): string {
  return `✖ ${name}\n${error ?? ''}`;
}
