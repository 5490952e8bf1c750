import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { quoted } from '../core/profile/problem.ts';
import { Refusal } from './exit.ts';
import { reasonOf } from './reasonOf.ts';
import type { Terminal } from './terminal.ts';

type Place = Pick<Terminal, 'folder'>;

/**
 * Looks whether files can be written, before a run that takes minutes.
 *
 * @param read files that the run reads, which no report may write over
 * @throws Refusal for the first that cannot, or one named twice
 */
export async function requireWritable(
  files: readonly string[],
  { folder }: Place,
  read: readonly string[] = [],
): Promise<void> {
  const targets = new Set<string>();
  const inputs = new Set(await Promise.all(read.map((file) => targetOf(resolve(folder, file)))));
  for (const file of files) {
    const target = await targetOf(resolve(folder, file));
    const kind = await kindOf(target);
    if (inputs.has(target) && kind !== 'other')
      throw new Refusal(`${quoted(file)} holds what this run reads: the report would write over it.`);
    if (targets.has(target) && kind !== 'other')
      throw new Refusal(`${quoted(file)} is named twice: one report would write over the other.`);
    targets.add(target);
    try {
      if (kind === 'folder') throw new Refusal(notWritten(file, 'it is a folder'));
      // With the slash it must be a folder.
      await access(join(dirname(target), '/'), constants.F_OK);
      // What is there is written over; else its folder gets one more.
      await access(kind === 'none' ? dirname(target) : target, constants.W_OK);
    } catch (thrown) {
      if (thrown instanceof Refusal) throw thrown;
      const reason = isMissing(thrown) ? 'there is no such folder' : reasonOf(thrown);
      throw new Refusal(notWritten(file, reason));
    }
  }
}

/**
 * Writes a file whole or not at all: beside it first, and then in its place, with the permissions that it had. What is not a file, such
 * as a pipe, is written to as it is.
 *
 * @throws Refusal
 */
export async function writeWhole(file: string, text: string, { folder }: Place): Promise<void> {
  const target = await targetOf(resolve(folder, file));
  try {
    if ((await kindOf(target)) === 'other') await writeFile(target, text);
    else await replace(target, text);
  } catch (thrown) {
    throw new Refusal(notWritten(file, reasonOf(thrown)));
  }
}

async function replace(target: string, text: string): Promise<void> {
  const beside = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    await writeFile(beside, text, { flag: 'wx' });
    const mode = await modeOf(target);
    if (mode !== undefined) await chmod(beside, mode);
    await rename(beside, target);
  } catch (thrown) {
    await rm(beside, { force: true });
    // A file that is mounted by itself cannot be replaced, nor one in a folder that takes no other.
    if (!isFixed(thrown) || (await kindOf(target)) !== 'file') throw thrown;
    await writeFile(target, text);
  }
}

/** The file that a link leads to. */
async function targetOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other' | 'none'> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'none';
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
}

async function modeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? undefined : found.mode & 0o777;
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

const fixed: ReadonlySet<unknown> = new Set(['EBUSY', 'EXDEV', 'EACCES', 'EPERM']);

function isFixed(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && fixed.has(thrown.code);
}

function notWritten(file: string, reason: string): string {
  return `${quoted(file)} cannot be written: ${reason}.`;
}
