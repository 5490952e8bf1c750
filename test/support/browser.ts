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

/** Starts a headless Chromium. Throws when the system has none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('There is no Chromium: install chromium, or set CHROMIUM_PATH to one.');
  return chromium.launch({ executablePath, args: switches, headless: true });
}
