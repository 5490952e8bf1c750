// `npm test`: everything, from a bare clone with only Node 20+ and npm there. Plain Node, no dependency.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies } from './support/install.mjs';
import { ensureSystemPackages } from './support/systemPackages.mjs';

const root = join(import.meta.dirname, '..');
const counts = join(root, 'out', 'counts');

// Two lanes for two cores, of about the same length.
const lanes = [
  [
    { name: 'types', script: 'types' },
    { name: 'lint', script: 'lint' },
    { name: 'format', script: 'format' },
    { name: 'unit', script: 'unit', tests: true },
    { name: 'e2e-1', script: 'e2e', args: ['--half=1'], tests: true, needsPackages: true },
  ],
  [
    { name: 'package', script: 'package' },
    { name: 'views', script: 'webview', tests: true },
    { name: 'in-host', script: 'host', tests: true },
    { name: 'e2e-2', script: 'e2e', args: ['--half=2'], tests: true, needsPackages: true },
  ],
];

let packagesMade;
const packages = new Promise((resolve) => (packagesMade = resolve));

const total = { passed: 0, failed: 0 };
/** Each failed step's name and what it printed. */
const failedSteps = [];
try {
  ensureDependencies();
  ensureSystemPackages();
  await rm(counts, { recursive: true, force: true });
  await mkdir(counts, { recursive: true });
  await Promise.all(lanes.map(runLane));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
  failedSteps.push({ name: 'preparation', output: '' });
}
// Once more at the end, where a log that was cut still has it.
for (const { name, output } of failedSteps)
  console.log(`\n── what failed in ${name} ──\n${failuresIn(output)}`);
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.map(({ name }) => name).join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runLane(steps) {
  for (const step of steps) await runStep(step);
}

/** Runs one step; its output is shown in one piece when it ends, so that two lanes stay readable. */
async function runStep({ name, script, args = [], tests = false, needsPackages = false }) {
  if (needsPackages) await packages;
  const started = Date.now();
  const file = join(counts, `${name}.json`);
  console.log(`${name} …`);
  const { code, output } = await npmRun([script, '--', ...args], {
    OAUTH_EXPLORER_COUNTS: file,
    OAUTH_EXPLORER_PACKAGED: '1',
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  const found = tests ? await readCounts(file) : undefined;
  total.passed += found?.passed ?? 0;
  total.failed += found?.failed ?? 0;
  // A step without tests that fails, or one whose tests never reported, counts as one failure.
  const broken = code !== 0 && !(found?.failed > 0);
  const empty = tests && code === 0 && !(found?.passed > 0);
  if (broken || empty) total.failed += 1;
  if (code !== 0 || empty) failedSteps.push({ name, output });
  if (name === 'package') packagesMade();
  const result = found ? `, ${found.passed} passed, ${found.failed} failed` : '';
  console.log(`\n── ${name}: ${code === 0 && !empty ? 'ok' : 'FAILED'} (${seconds} s${result}) ──`);
  if (output.trim() !== '') console.log(output.trim());
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

async function readCounts(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
