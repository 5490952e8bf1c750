import type { Readable, Writable } from 'node:stream';

/** The process as a command sees it. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  /** Variables of the environment; a secret may be among them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that files are named from. */
  readonly folder: string;
  /** Where the program's own files are. */
  readonly home: string;
  /** That of the program. */
  readonly version: string;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Whether somebody sits in front of it: standard error is a terminal, and this is no CI. */
  readonly attended: boolean;
  /** Whether results may be coloured. */
  readonly colours: boolean;
  /** Writes a result to standard output. A reader that has gone away is no error. */
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
  cwd(): string;
}

/** The terminal of a process. */
export function terminalOf(
  process: ProcessLike,
  program: Pick<Terminal, 'home' | 'version'>,
  signal: AbortSignal,
): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const gone = new Set<Stream>();
  for (const stream of [stdout, stderr])
    // `… | head` closes the pipe: what is written from then on has no reader, and what was found out still counts.
    stream.on('error', () => gone.add(stream));
  const write = (stream: Stream, text: string) =>
    new Promise<void>((resolve) => {
      if (gone.has(stream)) resolve();
      else stream.write(text, () => resolve());
    });
  return {
    input: stdin,
    environment: env,
    folder: process.cwd(),
    ...program,
    signal,
    attended: stderr.isTTY === true && !isSet(env['CI']),
    colours: stdout.isTTY === true && !isSet(env['NO_COLOR']) && env['TERM'] !== 'dumb',
    print: (text) => write(stdout, text),
    tell: (line) => void write(stderr, `${line}\n`),
    flush: () => write(stderr, ''),
  };
}

/** @see https://no-color.org: set, and not to the empty text. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
