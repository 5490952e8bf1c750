/**
 * How the program ends: `0` all is well; `1` what was asked for was refused or found wanting; `2` it could not be asked at all
 * (arguments, files, secrets, network); `130` it was interrupted, by a signal other than SIGINT with 128 and its number.
 */
export type ExitCode = 0 | 1 | 2 | 130;

/** Something that keeps a command from being carried out: its message is all that the user is told. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly exitCode: ExitCode;

  /** @param message one or two plain sentences, without any secret */
  constructor(message: string, exitCode: ExitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What was thrown, if it is a refusal: by its name, since each command is a bundle with a class of its own. */
export function refusalIn(thrown: unknown): Refusal | undefined {
  return thrown instanceof Error && thrown.name === 'Refusal' ? (thrown as Refusal) : undefined;
}
