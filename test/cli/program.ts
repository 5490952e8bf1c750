import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** The built program. */
export const program = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'oauth-explorer.cjs');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What stands on standard input; nothing by default. */
  readonly input?: string | Buffer;
  readonly folder?: string;
  /** Besides PATH and HOME, which no keychain of the machine's is reached from. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Sent as soon as standard error holds `after`, or at once where that is empty. */
  readonly interrupt?: { readonly after: string; readonly signal?: NodeJS.Signals };
  /** Told what came on standard error so far. */
  readonly onTold?: (text: string) => void;
}

/** The environment the program is started in: nothing of the machine's but where programs are. */
export function bareEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH = '', SystemRoot } = process.env;
  return { PATH, ...(SystemRoot === undefined ? {} : { SystemRoot }), HOME: '/nonexistent', ...more };
}

/**
 * Gives a program on its standard input what it will wait for more of, and waits until it reads: then it is at work, and its
 * signals are its own. More than a pipe holds is taken only by who reads.
 */
export async function handReading({ stdin }: { readonly stdin: Writable }, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    stdin.write(text.padEnd(1 << 20), (error) => (error ? reject(error) : resolve())),
  );
}

/** Runs the built program to its end. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.folder ?? import.meta.dirname,
    env: bareEnvironment(options.environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  let [stdout, stderr, interrupted] = ['', '', false];
  const { interrupt } = options;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onTold?.(stderr);
    if (interrupt !== undefined && !interrupted && stderr.includes(interrupt.after)) {
      interrupted = true;
      child.kill(interrupt.signal ?? 'SIGINT');
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
