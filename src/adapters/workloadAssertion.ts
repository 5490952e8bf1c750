import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { abortReason } from '../core/abortable.ts';
import type { Material, MaterialKind } from '../core/authentication/authentication.ts';
import { decodeText } from '../core/import/decodeText.ts';
import { assertionSource, foreignAssertion, noAssertion } from '../core/oauth/foreignAssertion.ts';
import type { Profile } from '../core/profile/profile.ts';
import { readBounded } from './boundedFile.ts';
import { startOf } from './startProgram.ts';

/** Most bytes of an assertion. */
const longest = 64 * 1024;

/** The limits of a command. */
export interface AssertionLimits {
  readonly signal: AbortSignal;
  /** Milliseconds; 10 seconds unless given. */
  readonly timeout?: number;
}

/**
 * The assertion that another program keeps or prints for a profile, read anew each time; undefined where the vault keeps the
 * secret.
 *
 * @param kind what the client authenticates with
 * @param standing which settings the profile is in
 * @throws FailureError
 * @see RFC 7523 section 2.2
 */
export async function workloadAssertion(
  profile: Profile,
  kind: MaterialKind,
  standing: 'user' | 'workspace',
  { signal, timeout = 10_000 }: AssertionLimits,
): Promise<Material | undefined> {
  if (kind !== 'file') return undefined;
  const source = assertionSource(profile, standing);
  const [from, text] =
    source.kind === 'file'
      ? ([`The file ${source.path}`, await read(source.path)] as const)
      : ([`The command ${source.words[0] ?? ''}`, await run(source.words, signal, timeout)] as const);
  return { kind: 'file', content: foreignAssertion(text, from, Date.now()) };
}

async function read(path: string): Promise<string> {
  const target = /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
  const found = await readBounded(target, longest);
  switch (found.kind) {
    case 'read':
      return decodeText(found.bytes);
    case 'too_large':
      throw noAssertion(`The file ${path} has more than ${longest / 1024} KiB: it is not an assertion.`);
    case 'no_file':
      throw noAssertion(`${path} is not a regular file.`);
    default:
      throw noAssertion(`The file ${path} is not there, or may not be read.`);
  }
}

/** Runs a program and returns its output; in the home folder, where a workspace can put nothing in its way. */
function run(words: readonly string[], signal: AbortSignal, timeout: number): Promise<string> {
  const [program = ''] = words;
  const start = startOf(words, { platform: process.platform, env: process.env, isFile });
  if ('problem' in start) throw noAssertion(start.problem);
  const options = {
    timeout,
    signal,
    killSignal: 'SIGKILL',
    maxBuffer: longest,
    cwd: homedir(),
    windowsHide: true,
    windowsVerbatimArguments: start.verbatim === true,
    encoding: 'buffer',
  } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(start.file, start.parameters, options, (error, output) => {
      if (!error && output.length > 0) resolve(decodeText(output));
      else if (!error) reject(noAssertion(`The command ${program} printed nothing to its standard output.`));
      else if (signal.aborted) reject(abortReason(signal));
      else reject(noAssertion(whyNot(program, error, timeout)));
    });
    child.stdin?.end();
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The failure without the program's output, which may contain the assertion. */
function whyNot(
  program: string,
  { code, killed }: { readonly code?: string | number | null; readonly killed?: boolean | null },
  timeout: number,
): string {
  if (code === 'ENOENT') return `There is no program ${program}.`;
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return `The command ${program} printed more than ${longest / 1024} KiB: that is not an assertion.`;
  if (killed === true) return `The command ${program} did not end within ${timeout / 1000} s and was ended.`;
  return typeof code === 'number'
    ? `The command ${program} failed with exit code ${code}.`
    : `The command ${program} could not be run (${code ?? 'unknown'}).`;
}
