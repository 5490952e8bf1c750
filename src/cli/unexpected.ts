import type { FailureError, FailureKind } from '../core/record/failure.ts';
import type { ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';
import { terminalWords } from './terminalWords.ts';

/** Tells what was thrown, in a sentence or two. */
export function unexpected(thrown: unknown, { tell }: Pick<Terminal, 'tell'>): ExitCode {
  // By its name, since each command is a bundle with a class of its own.
  if (thrown instanceof Error && thrown.name === 'FailureError') {
    const { message, advice, kind } = (thrown as FailureError).failure;
    tell(terminalWords(`${message} ${advice}`));
    return failureCode(kind);
  }
  // Its message may hold anything: only what kind of mistake it was is told.
  tell(
    `Something unexpected went wrong (${thrown instanceof Error ? thrown.name : 'unknown'}). Please report it.`,
  );
  return 2;
}

/** Whether the server refused (1), or could not be asked (2). */
export function failureCode(kind: FailureKind): ExitCode {
  if (kind === 'cancelled') return 130;
  return unasked.has(kind) ? 2 : 1;
}

const unasked: ReadonlySet<FailureKind> = new Set<FailureKind>([
  ...(['invalid_profile', 'secret_missing', 'vault', 'insecure_url', 'network', 'tls', 'timeout'] as const),
  ...(['port_busy', 'browser_not_opened', 'sign_in_required', 'unexpected'] as const),
]);
