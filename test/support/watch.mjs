// Builds dist/ for development, and again after each change of a source: `npm run watch`, which F5 starts.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
let building = false;
let again = false;
let timer;

build();
for (const folder of ['src', 'webview'])
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer);
    // Editors write a file in several steps.
    timer = setTimeout(build, 200);
  });

function build() {
  again = building;
  if (building) return;
  building = true;
  console.log('Building …');
  const child = spawn(process.execPath, [join(root, 'esbuild.mjs'), '--dev'], {
    cwd: root,
    stdio: 'inherit',
  });
  child.on('close', (code) => {
    building = false;
    console.log(code === 0 ? 'Built' : 'Built with errors');
    if (again) build();
  });
}
