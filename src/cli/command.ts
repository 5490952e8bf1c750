import type { ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command, as it is parsed and as help shows it. */
export interface Option {
  readonly name: string;
  /** What stands for its value in help: `file`; absent for an option that takes none. */
  readonly value?: string;
  /** The values there are; any when absent. */
  readonly choices?: readonly string[];
  /** Whether it may be given more than once. */
  readonly several?: true;
  /** One line. */
  readonly help: string;
}

/** The arguments of a command, checked against what it declares. */
export interface Arguments {
  /** What stands without a `--`; the first where there are more. */
  readonly operand?: string;
  readonly operands: readonly string[];
  /** Whether an option without a value was given. */
  has: (name: string) => boolean;
  /** The value of an option; the last one where it was given more than once. */
  value: (name: string) => string | undefined;
  values: (name: string) => readonly string[];
}

/** One command of the program. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands for its operand in help; absent when it takes none. */
  readonly operand?: {
    readonly name: string;
    /** Whether there may be more than one. */
    readonly several?: true;
    /** The option that stands for all there could be. */
    readonly orOption?: string;
  };
  /** Paragraphs below the usage. */
  readonly details: readonly string[];
  readonly options: readonly Option[];
  readonly examples: readonly string[];
  /** Carries it out. @throws Refusal, FailureError */
  run: (args: Arguments, terminal: Terminal) => Promise<ExitCode>;
}
