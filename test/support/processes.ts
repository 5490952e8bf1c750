import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that runs until it is closed. */
export interface Running {
  readonly process: ChildProcess;
  /** What it has printed so far, both streams; at most the last 100,000 characters. */
  readonly output: () => string;
  /** Ends it and every process it started, by process id; resolves when they are gone. */
  readonly close: () => Promise<void>;
}

/** The Node with which npm was called: that of the user, while tests run on VS Code's. */
export const usersNode = process.env['npm_node_execpath'] ?? process.execPath;

/** Starts a program in a process group of its own, so that it and all it starts can be ended together. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(command, args, {
    ...options,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let text = '';
  const keep = (chunk: Buffer) => (text = (text + chunk.toString()).slice(-100_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(`${error.message}\n`)));
  return { process: child, output: () => text, close: () => endTree(child) };
}

/** Waits until `look` gives something; throws `what` when it has not after `milliseconds`, or when the program ended. */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  milliseconds = 120_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited ${milliseconds / 1000} s for ${what}.`);
    await sleep(50);
  }
}

/** The exit of a program: runs it to its end and gives what it printed; throws when it fails or takes too long. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { input?: string; milliseconds?: number } = {},
): Promise<string> {
  const { input, milliseconds = 600_000, ...rest } = options;
  const running = start(command, args, { shell: process.platform === 'win32', ...rest });
  running.process.stdin?.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    const timer = setTimeout(() => {
      void running.close();
      reject(new Error(`${command} took longer than ${milliseconds / 1000} s.\n${running.output()}`));
    }, milliseconds);
    running.process.on('error', reject);
    running.process.on('close', (status) => {
      clearTimeout(timer);
      resolve(status);
    });
  });
  if (code !== 0)
    throw new Error(
      `${command} ${args.join(' ')} ended with exit code ${String(code)}.\n${running.output()}`,
    );
  return running.output();
}

async function endTree(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  // A child may have made a group of its own (a terminal, a daemon): look at the tree before its root is gone.
  const tree = [pid, ...descendants(pid)];
  signal(tree, 'SIGTERM');
  const end = Date.now() + 5000;
  while (tree.some(alive) && Date.now() < end) await sleep(20);
  signal(tree.filter(alive), 'SIGKILL');
  const last = Date.now() + 30_000;
  while (tree.some(alive)) {
    if (Date.now() > last) throw new Error(`Process ${tree.find(alive)} does not end.`);
    await sleep(20);
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // Already gone.
    }
}

/** Whether a process runs; one that has ended and only waits to be reaped does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return parentAndState(pid)?.state !== 'Z';
}

/** The process ids of all children, grandchildren and so on. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const [id, parent] of processTable()) children.set(parent, [...(children.get(parent) ?? []), id]);
  const of = (parent: number): number[] => (children.get(parent) ?? []).flatMap((id) => [id, ...of(id)]);
  return of(pid);
}

function processTable(): [pid: number, parent: number][] {
  if (process.platform === 'linux')
    return readdirSync('/proc').flatMap((name) => {
      const parent = /^\d+$/.test(name) ? parentAndState(Number(name))?.parent : undefined;
      return parent === undefined ? [] : [[Number(name), parent] as [number, number]];
    });
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

function parentAndState(pid: number): { state: string; parent: number } | undefined {
  try {
    // pid (name, which may hold anything) state parent …
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
