import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { relative, isAbsolute, sep } from 'node:path';

/** The result of reading a file that others may have put there. */
export type BoundedFile =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  /** It does not exist, or may not be read. */
  | { readonly kind: 'missing' }
  /** A folder, a pipe or a device, which may have no end. */
  | { readonly kind: 'no_file' }
  | { readonly kind: 'too_large' }
  /** It changed during each of two reads. */
  | { readonly kind: 'changing' }
  /** Its links lead out of the folders that it must be in. */
  | { readonly kind: 'outside' };

/** How many bytes are read at a time. */
const chunk = 256 * 1024;

/**
 * Reads a file to its end, but at most `most` bytes, whatever its reported size; never waits for a pipe. Links are resolved
 * first. A file that changes meanwhile is read once more: half of it would be a wrong value.
 *
 * @param within the folders that the resolved file must be in, if any are given
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
    // Checked before opening, too: opening some devices has side effects.
    if (!(await stat(target)).isFile()) return { kind: 'no_file' };
    // Windows has neither flag, and no such files.
    handle = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    // Checked again after opening, in case it was replaced in the meantime.
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

/** Reads an open file to its end, at most `most` bytes. */
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
