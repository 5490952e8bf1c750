import { spawn, type ChildProcess } from 'node:child_process';
import type { NativeKeychain } from '../adapters/keychain.ts';

/** Answers calls of the keychain's functions; ends at once when nobody is there to be answered. */
const program = `
const native = require(process.argv[1]);
const send = (message) => process.connected && process.send(message);
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', ({ id, name, args }) =>
  native[name](...args).then(
    (value) => send({ id, value }),
    (thrown) => send({ id, refused: String(thrown && thrown.message) }),
  ),
);`;

/** Milliseconds after which a process that is asked nothing ends. */
const idle = 1000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (why: Error) => void;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly refused?: string;
}

/**
 * The keychain's functions in a process of their own. A call that hangs occupies a thread, and Node waits for its threads when a
 * program ends: it would never end. This process is ended instead.
 *
 * @param binary the absolute path of `keytar.node`
 */
export function keychainProcess(binary: string): NativeKeychain {
  const pending = new Map<number, Pending>();
  let child: ChildProcess | undefined;
  let count = 0;
  let end: NodeJS.Timeout | undefined;

  const start = (): ChildProcess => {
    const made = spawn(process.execPath, ['-e', program, binary], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const kill = () => made.kill('SIGKILL');
    process.once('exit', kill);
    made.on('message', ({ id, value, refused }: Answer) => {
      if (refused === undefined) pending.get(id)?.resolve(value);
      else pending.get(id)?.reject(new Error(refused));
      pending.delete(id);
      if (pending.size === 0) end = setTimeout(kill, idle).unref();
    });
    const over = () => {
      process.off('exit', kill);
      if (child !== made) return;
      child = undefined;
      for (const { reject } of pending.values()) reject(new Error('the process that asks it has ended'));
      pending.clear();
    };
    made.on('error', over).on('exit', over);
    // Whoever waits for an answer has a timer of their own.
    made.unref();
    made.channel?.unref();
    return made;
  };

  const call = (name: keyof NativeKeychain, args: readonly string[]) =>
    new Promise<unknown>((resolve, reject) => {
      clearTimeout(end);
      child ??= start();
      const id = ++count;
      pending.set(id, { resolve, reject });
      child.send({ id, name, args }, (thrown) => {
        if (thrown === null) return;
        pending.delete(id);
        reject(thrown);
      });
    });

  return {
    getPassword: async (...args) => ((await call('getPassword', args)) ?? null) as string | null,
    setPassword: async (...args) => void (await call('setPassword', args)),
    deletePassword: async (...args) => (await call('deletePassword', args)) === true,
  };
}
