import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './systemPackages.mjs';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * For pages that are looked at once: nothing is compiled for speed, what they leave is rarely collected, and no script is parsed
 * beside its download: each window of VS Code would have its ten megabytes parsed anew, which the process still has compiled.
 */
const shortLived =
  '--js-flags=--max-lazy --no-maglev --no-turbofan --no-script-streaming --min-semi-space-size=64';

/**
 * Starts a headless Chromium. Throws when the system has none.
 *
 * @param lasting whether it shall compile as users' browsers do, for measurements. Default: no.
 */
export async function startBrowser({ lasting = false } = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('There is no Chromium: install chromium, or set CHROMIUM_PATH to one.');
  return chromium.launch({
    executablePath,
    args: lasting ? switches : [...switches, shortLived],
    headless: true,
    // Milliseconds, against what hangs.
    timeout: 180_000,
  });
}
