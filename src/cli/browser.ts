import { spawn } from 'node:child_process';
import type { Browser } from '../core/ports.ts';

/** Milliseconds in which an opener may say that it cannot. */
const patience = 2000;

/** How each platform opens an address; others do as Linux. */
const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // Not by cmd, which has a meaning of its own for what an address may hold.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * The user's browser: the program that `BROWSER` names, else the platform's. It is given an environment without the program's
 * secrets, and is not waited for once it runs.
 *
 * @param hidden variables it is not given
 */
export function browserOf(
  environment: Readonly<Record<string, string | undefined>>,
  hidden: readonly string[],
): Browser {
  const { BROWSER: own } = environment;
  const [command, ...first] = own ? ([own] as const) : (openers[process.platform] ?? ['xdg-open']);
  const env = Object.fromEntries(Object.entries(environment).filter(([name]) => !hidden.includes(name)));
  return {
    open: (url) =>
      new Promise((resolve) => {
        const child = spawn(command, [...first, url], { env, stdio: 'ignore', detached: true });
        child.on('error', () => resolve(false));
        // One that has nothing to show the page with says so at once; a browser itself may run for hours.
        child.on('exit', (code) => resolve(code === 0));
        setTimeout(() => resolve(true), patience).unref();
        child.unref();
      }),
  };
}
