// `npm test`: everything, from a bare clone with only Node 20+ and npm there. Plain Node, no dependency.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ensureDependencies } from './support/install.mjs';
import { rememberedFolder } from './support/sources.mjs';
import { ensureSystemPackages, findChromium } from './support/systemPackages.mjs';

const root = join(import.meta.dirname, '..');
const counts = join(root, 'out', 'counts');

/** `npm test -- --fresh` runs what it remembers, too. */
const fresh = process.argv.includes('--fresh');

/**
 * Two are run at a time, for two cores: the next as soon as one is through, the long ones first. Windows of VS Code may be too
 * slow beside another step: what fails in one that has `again` is tried once more, alone, and named at the end whatever becomes
 * of it. Tests that are `pure` touch nothing of this machine but Node and, to draw in, a browser: as in `go test`, that they went
 * well is remembered until a source changes.
 */
const steps = [
  { name: 'package', script: 'package' },
  { name: 'types', script: 'types' },
  { name: 'e2e-1', script: 'e2e', args: ['--half=1'], tests: true, needsPackages: true, again: true },
  { name: 'lint', script: 'lint' },
  { name: 'in-host', script: 'host', tests: true, needsPackages: true, again: true },
  { name: 'e2e-2', script: 'e2e', args: ['--half=2'], tests: true, needsPackages: true, again: true },
  { name: 'unit', script: 'unit', tests: true, pure: true },
  { name: 'views', script: 'webview', tests: true, needsPackages: true, pure: true },
  { name: 'format', script: 'format' },
];

let packagesMade;
const packages = new Promise((resolve) => (packagesMade = resolve));

/** Where more files than this have failing tests, more is wrong than a slow machine. */
const fewFiles = 3;

/** Each step's outcome, by its name. */
const outcomes = new Map();
/** What failed at first, and passed alone. */
const unsteady = [];
try {
  ensureDependencies();
  ensureSystemPackages();
  await rm(counts, { recursive: true, force: true });
  await mkdir(counts, { recursive: true });
  const queue = [...steps];
  await Promise.all([work(queue), work(queue)]);
  for (const step of steps) await tryAgain(step);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  outcomes.set('preparation', { passed: 0, failed: 1, output: '' });
}
const all = [...outcomes.values()];
const failed = [...outcomes].filter(([, outcome]) => outcome.failed > 0);
// Once more at the end, where a log that was cut still has it.
for (const [name, output] of unsteady)
  console.log(`\n── what failed in ${name} at first, and passed when it was tried alone ──\n${output}`);
for (const [name, { output }] of failed) console.log(`\n── what failed in ${name} ──\n${failuresIn(output)}`);
if (failed.length > 0) console.log(`\nFailed: ${failed.map(([name]) => name).join(', ')}.`);
const remembered = sum(
  all.filter(({ since }) => since !== undefined),
  'passed',
);
if (remembered > 0)
  console.log(`${remembered} of these were remembered (see above); npm test -- --fresh runs them again.`);
console.log(`${sum(all, 'passed')} passed, ${sum(all, 'failed')} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function work(queue) {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    if (step.needsPackages) await packages;
    outcomes.set(step.name, await (step.pure ? runUnlessKnown(step) : runStep(step.name, step)));
    if (step.name === 'package') packagesMade();
  }
}

/** Runs a step, unless its tests have all passed with the sources and the browser as they are now. */
async function runUnlessKnown(step) {
  const { name } = step;
  const browser = findChromium();
  const drawnBy = browser === undefined ? 0 : statSync(browser).mtimeMs;
  const place = () => join(rememberedFolder(name), `${drawnBy}.json`);
  const before = place();
  const known = fresh ? undefined : await readJson(before);
  if (known !== undefined) {
    const { passed, since } = known;
    console.log(`\n── ${name}: ok (${passed} passed at ${since}; no source has changed since) ──`);
    return known;
  }
  const outcome = await runStep(name, step);
  const since = new Date().toLocaleString();
  // Whoever has changed a source in between cannot tell which was tested.
  if (outcome.failed === 0 && place() === before)
    await writeFile(before, JSON.stringify({ ...outcome, output: '', since }));
  return outcome;
}

/** Runs one step; its output is shown in one piece when it ends, so that two at a time stay readable. */
async function runStep(name, { script, args = [], tests = false }) {
  const started = Date.now();
  const file = join(counts, `${name}.json`);
  console.log(`${name} …`);
  const { code, output } = await npmRun([script, '--', ...args], {
    OAUTH_EXPLORER_COUNTS: file,
    OAUTH_EXPLORER_PACKAGED: '1',
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  const found = tests ? await readJson(file) : undefined;
  // A step without tests that fails, or one whose tests never reported, counts as one failure.
  const broken = code !== 0 && !(found?.failed > 0);
  const empty = tests && code === 0 && !(found?.passed > 0);
  const outcome = {
    passed: found?.passed ?? 0,
    failed: (found?.failed ?? 0) + (broken || empty ? 1 : 0),
    files: found?.files ?? {},
    output,
  };
  const result = found ? `, ${found.passed} passed, ${found.failed} failed` : '';
  console.log(`\n── ${name}: ${outcome.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s${result}) ──`);
  if (output.trim() !== '') console.log(output.trim());
  return outcome;
}

/** Runs the files of a step in which few tests failed once more; the step's outcome is then that of the second time. */
async function tryAgain(step) {
  const { name, again } = step;
  const first = outcomes.get(name);
  if (!again || first.failed === 0) return;
  const files = Object.entries(first.files);
  const failing = files.filter(([, { failed: count }]) => count > 0).map(([file]) => file);
  if (failing.length > fewFiles) return;
  // A process that ended early has no such file, and in-host tests are all in one.
  const some = failing.length > 0 && failing.every((file) => file.endsWith('.e2e.ts'));
  const kept = some ? files.filter(([file]) => !failing.includes(file)).map(([, count]) => count) : [];
  const second = await runStep(`${name}, once more`, {
    ...step,
    args: some ? failing.map((file) => relative(root, file)) : step.args,
  });
  outcomes.set(name, {
    passed: sum(kept, 'passed') + second.passed,
    failed: second.failed,
    output: second.output,
  });
  if (second.failed === 0) unsteady.push([name, failuresIn(first.output)]);
}

function sum(counted, what) {
  return counted.reduce((total, each) => total + each[what], 0);
}

/** What the test runner repeats of failing tests, else the end of what was printed. */
function failuresIn(output) {
  const place = output.lastIndexOf('✖ failing tests:');
  const text = place < 0 ? output.trim().split('\n').slice(-40).join('\n') : output.slice(place).trim();
  return text.slice(0, 20_000);
}

function npmRun(script, variables) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', ...script], {
      cwd: root,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
