// What reads the code, and runs none of it: two steps at a time, each shown in one piece when it ends.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const queue = ['lint', 'types', 'unused', 'format', 'layers'];
const failed = [];
await Promise.all([work(), work()]);
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}.`);
process.exit(failed.length > 0 ? 1 : 0);

async function work() {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const started = Date.now();
    const { code, output } = await npmRun(step);
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`── ${step}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s) ──`);
    if (code === 0) continue;
    failed.push(step);
    console.error(output);
  }
}

function npmRun(step) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', step], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
