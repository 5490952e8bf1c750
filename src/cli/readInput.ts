import { constants, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { abortReason } from '../core/abortable.ts';
import { decodeText, encodingOf } from '../core/import/decodeText.ts';
import { quoted } from '../core/profile/problem.ts';
import { Refusal } from './exit.ts';
import { reasonOf } from './reasonOf.ts';
import type { Terminal } from './terminal.ts';

/**
 * All of standard input, as UTF-8 or UTF-16.
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
  const stop = () => input.destroy(abortReason(signal));
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
  return decodeText(Buffer.concat(chunks));
}

function readDescriptor(file: number, limit: number): string {
  const bytes = Buffer.alloc(limit + 1);
  let length = 0;
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return decodeText(bytes.subarray(0, length));
    length += read;
    if (length > limit) throw tooLong('Standard input', limit);
  }
}

/**
 * A file, as UTF-8 or UTF-16.
 *
 * @param limit bytes
 * @throws Refusal when it cannot be read or is longer than `limit`
 */
export async function readTextFile(
  terminal: Pick<Terminal, 'folder' | 'signal'>,
  file: string,
  limit: number,
): Promise<string> {
  return decodeText(await readBytes(terminal, file, limit));
}

/**
 * A file that other programs read as UTF-8, too, such as settings.
 *
 * @param limit bytes
 * @throws Refusal when it cannot be read, is longer than `limit`, or is not UTF-8 text
 */
export async function readUtf8File(
  terminal: Pick<Terminal, 'folder' | 'signal'>,
  file: string,
  limit: number,
): Promise<string> {
  const bytes = await readBytes(terminal, file, limit);
  const why =
    encodingOf(bytes) === 'utf-8' ? (bytes.includes(0) ? 'it is not text' : undefined) : 'it is UTF-16';
  if (why !== undefined) throw new Refusal(`${quoted(file)} cannot be read: ${why}. Save it as UTF-8.`);
  return decodeText(bytes);
}

async function readBytes(
  { folder, signal }: Pick<Terminal, 'folder' | 'signal'>,
  file: string,
  limit: number,
): Promise<Buffer> {
  // Only who names a file waits for what reads files.
  const { open } = await import('node:fs/promises');
  try {
    // A pipe without a writer would keep the program for ever, at its end, too. Windows knows no such flag.
    const handle = await open(resolve(folder, file), constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const bytes = Buffer.alloc(limit + 1);
      let length = 0;
      for (;;) {
        signal.throwIfAborted();
        const read = await readSome(handle, bytes, length);
        if (read < 0) continue;
        if (read === 0) return bytes.subarray(0, length);
        length += read;
        if (length > limit) throw tooLong(quoted(file), limit);
      }
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if (thrown instanceof Refusal || signal.aborted) throw thrown;
    throw new Refusal(`${quoted(file)} cannot be read: ${reasonOf(thrown)}.`);
  }
}

/** How many bytes came; -1 where a pipe has none yet, a moment later. */
async function readSome(handle: FileHandle, bytes: Buffer, from: number): Promise<number> {
  try {
    return (await handle.read(bytes, from, bytes.length - from, null)).bytesRead;
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== 'EAGAIN') throw thrown;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return -1;
  }
}

/** What is longer than `limit` bytes. */
export function tooLong(what: string, limit: number): Refusal {
  return new Refusal(`${what} has more than ${Math.round(limit / 1024)} KiB, which is too much to read.`);
}
