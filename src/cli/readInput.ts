import { readSync } from 'node:fs';
import { resolve } from 'node:path';
import { quoted } from '../core/profile/problem.ts';
import { Refusal } from './exit.ts';
import type { Terminal } from './terminal.ts';

/**
 * All of standard input, as UTF-8.
 *
 * @param limit bytes
 * @param what what is to be passed, such as `a token`, for the sentence when there is nothing to read
 * @throws Refusal when it is a terminal or longer than `limit`; what the signal was aborted with
 */
export async function readStandardInput(
  terminal: Pick<Terminal, 'input' | 'inputFile' | 'signal'>,
  limit: number,
  what: string,
): Promise<string> {
  const file = terminal.inputFile();
  if (file !== undefined) return readDescriptor(file, limit);
  const { input, signal } = terminal;
  if (input.isTTY === true)
    throw new Refusal(
      `There is nothing on standard input. Pass ${what} with < file or from a pipe; what is typed would stay on the screen.`,
    );
  const chunks: Buffer[] = [];
  let length = 0;
  const stop = () => input.destroy(signal.reason as Error);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop);
  try {
    for await (const chunk of input) {
      const bytes = Buffer.from(chunk as Uint8Array);
      length += bytes.length;
      if (length > limit) throw tooLong('Standard input', limit);
      chunks.push(bytes);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readDescriptor(file: number, limit: number): string {
  const bytes = Buffer.alloc(limit + 1);
  let length = 0;
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.toString('utf8', 0, length);
    length += read;
    if (length > limit) throw tooLong('Standard input', limit);
  }
}

/**
 * A file, as UTF-8.
 *
 * @param limit bytes
 * @throws Refusal when it cannot be read or is longer than `limit`
 */
export async function readTextFile(
  { folder }: Pick<Terminal, 'folder'>,
  file: string,
  limit: number,
): Promise<string> {
  // Only who names a file waits for what reads files.
  const { open } = await import('node:fs/promises');
  try {
    const handle = await open(resolve(folder, file));
    try {
      const bytes = Buffer.alloc(limit + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
        if (bytesRead === 0) return bytes.toString('utf8', 0, length);
        length += bytesRead;
        if (length > limit) throw tooLong(quoted(file), limit);
      }
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal(`${quoted(file)} cannot be read: ${reasonOf(thrown)}.`);
  }
}

/** Why the file system refused, in words. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
  return reasons.get(code) ?? code;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'you may not'],
  ['EPERM', 'you may not'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
]);

function tooLong(what: string, limit: number): Refusal {
  return new Refusal(`${what} has more than ${Math.round(limit / 1024)} KiB, which is too much to read.`);
}
