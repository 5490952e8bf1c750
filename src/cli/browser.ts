import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import type { Browser } from '../core/ports.ts';

/** Milliseconds in which an opener may say that it cannot. */
const patience = 2000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that opens addresses on a platform, and what it is told first. */
export function openerOf(
  platform: string,
  { SystemRoot = 'C:\\Windows' }: Environment,
): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform !== 'win32') return ['xdg-open'];
  // Not by cmd, which has a meaning of its own for what an address may hold; and by its path, since Windows looks for a mere name in
  // the working folder first, which may be anybody's.
  return [win32.join(SystemRoot, 'System32', 'rundll32.exe'), 'url.dll,FileProtocolHandler'];
}

/**
 * The user's browser: the program that `BROWSER` names, else the platform's. It is given an environment without the program's
 * secrets, and is not waited for once it runs.
 *
 * @param hidden variables it is not given
 */
export function browserOf(environment: Environment, hidden: readonly string[]): Browser {
  const { BROWSER: own } = environment;
  const [command, ...first] = own ? ([own] as const) : openerOf(process.platform, environment);
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
