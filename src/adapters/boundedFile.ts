import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { relative, isAbsolute, sep } from 'node:path';

/** What came of reading a file that others may have put there. */
export type BoundedFile =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  /** There is none, or it may not be read. */
  | { readonly kind: 'missing' }
  /** A folder, a pipe, a device: nothing that has an end. */
  | { readonly kind: 'no_file' }
  | { readonly kind: 'too_large' }
  /** It changed while it was read, twice. */
  | { readonly kind: 'changing' }
  /** Its links lead out of the folders it has to lie in. */
  | { readonly kind: 'outside' };

/** Bytes that are read at a time. */
const chunk = 256 * 1024;

/**
 * Reads a file to its end, but not beyond `most` bytes, whatever its size says; never waits for a pipe. Links are followed first.
 * One that changes while it is read is read once more: half of it would be a wrong value.
 *
 * @param within the folders that the file itself has to lie in, if any are given
 */
export async function readBounded(
  path: string,
  most: number,
  within?: readonly string[],
  read = readAll,
): Promise<BoundedFile> {
  const found = await readOnce(path, most, within, read);
  return found.kind === 'changing' ? readOnce(path, most, within, read) : found;
}

async function readOnce(
  path: string,
  most: number,
  within: readonly string[] | undefined,
  read: typeof readAll,
): Promise<BoundedFile> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) return { kind: 'missing' };
  if (within !== undefined && !(await isWithin(target, within))) return { kind: 'outside' };
  let handle: FileHandle | undefined;
  try {
    // Before it is opened, too: opening some devices does something.
    if (!(await stat(target)).isFile()) return { kind: 'no_file' };
    // Windows knows neither flag, and has no such files.
    handle = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    // What was opened, should it have been replaced in the meantime.
    const before = await handle.stat();
    if (!before.isFile()) return { kind: 'no_file' };
    const found = await read(handle, most);
    const after = await stat(target);
    const isSame = after.ino === before.ino && after.size === before.size && after.mtimeMs === before.mtimeMs;
    return isSame ? found : { kind: 'changing' };
  } catch {
    return { kind: 'missing' };
  } finally {
    await handle?.close();
  }
}

/** Reads what is open to its end, at most `most` bytes. */
export async function readAll(handle: FileHandle, most: number): Promise<BoundedFile> {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length <= most) {
    const piece = Buffer.alloc(Math.min(chunk, most + 1 - length));
    const { bytesRead } = await handle.read(piece, 0, piece.length, null);
    if (bytesRead === 0) return { kind: 'read', bytes: Buffer.concat(pieces) };
    pieces.push(piece.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { kind: 'too_large' };
}

async function isWithin(target: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined) continue;
    const way = relative(real, target);
    if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return true;
  }
  return false;
}
