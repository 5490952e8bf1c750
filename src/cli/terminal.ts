import { fstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { Refusal } from './exit.ts';
import { reasonOf } from './reasonOf.ts';

/** The process as a command sees it. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  /** The descriptor of standard input where that is a file, which is read without the streams that take a while to load. */
  readonly inputFile: () => number | undefined;
  /** Variables of the environment; a secret may be among them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that files are named from. @throws Refusal where it is gone */
  readonly folder: string;
  /** Where the program's own files are. */
  readonly home: string;
  /** That of the program. */
  readonly version: string;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Whether somebody sits in front of it: standard error is a terminal, and this is not CI. */
  readonly attended: boolean;
  /** Whether results may be coloured. */
  readonly colours: boolean;
  /**
   * Writes a result to standard output. A reader that has gone away is not an error.
   *
   * @throws Refusal where it goes to a disk that takes nothing; what the signal was aborted with where a reader took too long
   */
  readonly print: (text: string) => Promise<void>;
  /** Writes a line of progress, or of what went wrong, to standard error. */
  readonly tell: (line: string) => void;
  /** Waits until all that was told is written. */
  readonly flush: () => Promise<void>;
}

type Stream = Writable & { readonly isTTY?: boolean };

/** What a terminal is made of; `process` has all of it. */
export interface ProcessLike {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd: () => string;
}

/** Milliseconds in which what was written before an interruption may still be read. */
const patience = 500;

/** The terminal of a process. */
export function terminalOf(
  process: ProcessLike,
  program: Pick<Terminal, 'home' | 'version'>,
  signal: AbortSignal,
): Terminal {
  const { env } = process;
  const open = new Map<Stream, StreamState>();
  // One listener for all, since a hundred lines may wait for a slow reader at a time.
  const waiting = new Set<() => void>();
  signal.addEventListener('abort', () => waiting.forEach((leave) => leave()), { once: true });
  const write = (stream: Stream, text: string) =>
    new Promise<boolean>((resolve) => {
      if (stateOf(stream, open).gone) {
        resolve(true);
        return;
      }
      // A reader that takes nothing more, such as a pager, must not keep a program that was interrupted.
      const leave = () => void setTimeout(() => resolve(false), patience);
      if (signal.aborted) leave();
      else waiting.add(leave);
      stream.write(text, () => {
        waiting.delete(leave);
        resolve(true);
      });
    });
  // Streams are made when they are first asked for, which takes a while.
  return {
    get input() {
      return process.stdin;
    },
    inputFile,
    environment: env,
    get folder() {
      return folderOf(process);
    },
    ...program,
    signal,
    get attended() {
      return process.stderr.isTTY === true && !isSet(env['CI']);
    },
    // @see https://no-color.org: set to whatever but the empty text.
    get colours() {
      const refused = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
      return process.stdout.isTTY === true && !refused && env['TERM'] !== 'dumb';
    },
    print: async (text) => {
      // What was cut off by an interruption is not a result.
      if (!(await write(process.stdout, text))) signal.throwIfAborted();
      const why = stateOf(process.stdout, open).refused;
      if (why !== undefined) throw new Refusal(`Standard output cannot be written: ${why}.`);
    },
    tell: (line) => void write(process.stderr, `${line}\n`),
    flush: async () => {
      for (const stream of open.keys()) await write(stream, '');
    },
  };
}

function inputFile(): number | undefined {
  try {
    return fstatSync(0).isFile() ? 0 : undefined;
  } catch {
    // It is closed: the stream says so.
    return undefined;
  }
}

interface StreamState {
  /** Whether nothing more can be written. */
  gone: boolean;
  /** Why, where it is not that its reader has gone. */
  refused?: string;
}

/** `… | head` closes the pipe: what is written from then on has no reader, and what was found out still counts. */
function stateOf(stream: Stream, open: Map<Stream, StreamState>): StreamState {
  const known = open.get(stream);
  if (known !== undefined) return known;
  const state: StreamState = { gone: false };
  open.set(stream, state);
  stream.on('error', (thrown: Error) => {
    state.gone = true;
    if ('code' in thrown && disk.has(thrown.code)) state.refused = reasonOf(thrown);
  });
  return state;
}

/** What a disk says that takes nothing. */
const disk: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

/** Another program may have removed it. */
function folderOf(process: Pick<ProcessLike, 'cwd'>): string {
  try {
    return process.cwd();
  } catch {
    throw new Refusal('The folder in which this was started no longer exists. Change to another one.');
  }
}

/** Set to anything that does not say no. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
