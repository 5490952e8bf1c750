// `npm test`: everything, from a bare clone with only Node 20+ and npm there. Plain Node, no dependency.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies } from './support/install.mjs';
import { ensureSystemPackages } from './support/systemPackages.mjs';

const root = join(import.meta.dirname, '..');
const counts = join(root, 'out', 'counts');
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/**
 * Those that wait more than they compute (for a window, a keychain, a browser), the long ones first: two at a time, for two cores.
 * What fails has failed: nothing is tried again, and no result of a test is remembered.
 */
const waiting = [
  { name: 'package', script: 'package' },
  { name: 'e2e-1', script: 'e2e', args: ['--half=1'], tests: true, needsPackages: true },
  { name: 'e2e-2', script: 'e2e', args: ['--half=2'], tests: true, needsPackages: true },
  { name: 'in-host', script: 'host', tests: true, needsPackages: true },
  { name: 'command line', script: 'cli', tests: true, needsPackages: true },
  { name: 'views', script: 'webview', tests: true, needsPackages: true },
  { name: 'interop', script: 'interop', tests: true },
];
/**
 * Those that only compute: two at a time beside them, with the time that they leave, the long ones first. The longest takes its
 * full share: alone at the end it would leave a processor idle.
 */
const computing = [
  { name: 'unit', script: 'unit', args: ['--part=counted'], tests: true },
  { name: 'on the Node at hand', script: 'unit', args: ['--part=atHand'], tests: true },
  { name: 'generated', script: 'unit', args: ['--part=generated'], tests: true, gentle: true },
  { name: 'pump', script: 'unit', args: ['--part=pump'], tests: true, gentle: true },
  { name: 'lint', script: 'lint', gentle: true },
  { name: 'types', script: 'types', gentle: true },
  { name: 'unused', script: 'unused', gentle: true },
  { name: 'format', script: 'format', gentle: true },
  { name: 'layers', script: 'layers', gentle: true },
];

let packagesMade;
const packages = new Promise((resolve) => (packagesMade = resolve));

/** Each step's outcome, by its name. */
const outcomes = new Map();
try {
  ensureDependencies();
  ensureSystemPackages();
  await rm(counts, { recursive: true, force: true });
  await mkdir(counts, { recursive: true });
  // Who is through with the one helps with the other.
  await Promise.all([
    work(waiting, computing),
    work(waiting, computing),
    work(computing, waiting),
    work(computing, waiting),
  ]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  outcomes.set('preparation', { passed: 0, failed: 1, output: '' });
}
const all = [...outcomes.values()];
const failed = [...outcomes].filter(([, outcome]) => outcome.failed > 0);
// Once more at the end, where a log that was cut still has it.
for (const [name, { output }] of failed) console.log(`\n── what failed in ${name} ──\n${failuresIn(output)}`);
if (failed.length > 0) console.log(`\nFailed: ${failed.map(([name]) => name).join(', ')}.`);
console.log(`${sum(all, 'passed')} passed, ${sum(all, 'failed')} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Takes steps from the first queue that still has one. */
async function work(...queues) {
  const next = () => queues.find(({ length }) => length > 0)?.shift();
  for (let step = next(); step !== undefined; step = next()) {
    if (step.needsPackages) await packages;
    outcomes.set(step.name, await runStep(step.name, step));
    if (step.name === 'package') packagesMade();
  }
}

/** Runs one step; its output is shown in one piece when it ends, so that two at a time stay readable. */
async function runStep(name, { script, args = [], tests = false, gentle = false }) {
  const started = Date.now();
  const file = join(counts, `${name}.json`);
  console.log(`${name} …`);
  const { code, output } = await runScript(
    script,
    args,
    {
      OAUTH_EXPLORER_COUNTS: file,
      OAUTH_EXPLORER_PACKAGED: '1',
    },
    gentle,
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  const found = tests ? await readJson(file) : undefined;
  // A step without tests that fails, or one whose tests never reported, counts as one failure.
  const broken = code !== 0 && !(found?.failed > 0);
  const empty = tests && code === 0 && !(found?.passed > 0);
  const outcome = {
    passed: found?.passed ?? 0,
    failed: (found?.failed ?? 0) + (broken || empty ? 1 : 0),
    output,
  };
  const result = found ? `, ${found.passed} passed, ${found.failed} failed` : '';
  console.log(`\n── ${name}: ${outcome.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s${result}) ──`);
  if (output.trim() !== '') console.log(output.trim());
  return outcome;
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

/** As `npm run` does, which takes a moment itself that a script of Node needs not. `gentle`: what it starts takes the time that others leave. */
function runScript(script, args, variables, gentle) {
  const [program, ...own] = scripts[script].split(' ');
  const plain = program === 'node';
  const [command, ...first] = plain ? [process.execPath, ...own] : ['npm', 'run', '--silent', script, '--'];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      // As npm tells it: the Node of the user, where a step runs on another.
      env: { ...process.env, npm_node_execpath: process.execPath, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !plain && process.platform === 'win32',
    });
    if (gentle && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
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
