// Plain Node, no dependency: what the operating system must provide for the tests in a real workbench.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './install.mjs';

const install = ['install', '--yes', '--no-install-recommends'];
const headlessShell = 'chromium-headless-shell';
const chromiumNames = [
  headlessShell,
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
];
const chromiumPlaces = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** What is needed on Linux: the Debian package, and how to tell that it is there. */
const needs = [
  { name: 'chromium', there: () => findChromium() !== undefined },
  { name: 'dbus', there: () => onPath('dbus-daemon') !== undefined },
  { name: 'gnome-keyring', there: () => onPath('gnome-keyring-daemon') !== undefined },
  { name: 'libsecret-1-0', there: () => sharedLibrary('libsecret-1.so.0') },
  { name: 'libsecret-tools', there: () => onPath('secret-tool') !== undefined },
];

/**
 * The path of the Chromium or Chrome to drive; `CHROMIUM_PATH` goes first; undefined when there is none.
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return chosen;
  for (const name of chromiumNames) {
    const path = onPath(name);
    if (path) return path;
  }
  return (chromiumPlaces[process.platform] ?? []).find((path) => existsSync(path));
}

/**
 * The full path of a command on the PATH, or undefined.
 * @returns {string | undefined}
 */
export function onPath(command) {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command];
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  return undefined;
}

/**
 * Makes sure that what the tests need from the operating system is there: installs it with apt-get when root on
 * Debian or Ubuntu; else throws an error that names the exact command.
 */
export function ensureSystemPackages() {
  if (process.platform !== 'linux') {
    if (findChromium() === undefined)
      throw new Error(
        'The end-to-end tests drive a Chromium, and there is none: install Google Chrome, or set CHROMIUM_PATH to one.',
      );
    return;
  }
  const missing = needs.filter((need) => !need.there()).map((need) => need.name);
  if (missing.length === 0) return;
  const command = `apt-get ${[...install, ...missing].join(' ')}`;
  if (onPath('apt-get') === undefined)
    throw new Error(
      `The tests need ${missing.join(', ')} (Debian's names) from the operating system: install what your system calls them. On Debian or Ubuntu the command is: sudo ${command}`,
    );
  if (process.getuid?.() !== 0)
    throw new Error(`The tests need ${missing.join(', ')} from the operating system. Run: sudo ${command}`);
  console.log(`Installing ${missing.join(', ')} (apt-get) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '--quiet=2'], { env });
  // Debian's headless shell does the same with two thirds of the work; Ubuntu has none.
  const names = missing.map((name) =>
    name === 'chromium' && aptOffers(headlessShell) ? headlessShell : name,
  );
  run('apt-get', ['--quiet=2', ...install, ...names], { env });
}

function aptOffers(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}

function sharedLibrary(name) {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return (stdout ?? '').includes(name);
}
