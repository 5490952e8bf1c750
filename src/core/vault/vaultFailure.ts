import { FailureError } from '../record/failure.ts';

/** The codes of vault failures; stable for tests and switches. */
export type VaultCode =
  /** No answer within the time limit. */
  | 'timeout'
  /** The store answered with an error. */
  | 'failed'
  /** Parts of a split value are missing, or of different writes. */
  | 'incomplete'
  | 'too_large';

/** A failure of kind `vault`; `cause` is kept for the log and must not hold a secret. */
export function vaultFailure(
  code: VaultCode,
  message: string,
  advice: string,
  cause?: unknown,
): FailureError {
  return new FailureError(
    { kind: 'vault', step: 'store', code, message, advice },
    cause === undefined ? undefined : { cause },
  );
}
