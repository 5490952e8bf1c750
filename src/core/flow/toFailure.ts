import {
  JWT_CLAIM_COMPARISON,
  JWT_TIMESTAMP_CHECK,
  KEY_SELECTION,
  OperationProcessingError,
  PARSE_ERROR,
  UnsupportedOperationError,
} from 'oauth4webapi';
import { isMembers } from '../oauth/responseBody.ts';
import { FailureError, type Failure, type FlowStep } from './failure.ts';

/** Where a flow was when something was thrown. */
export interface FlowPosition {
  readonly step: FlowStep;
  readonly cancelled: boolean;
}

/** The one place where what was thrown becomes a failure. Its message never holds what a server sent unasked. */
export function toFailure(thrown: unknown, { step, cancelled }: FlowPosition): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (cancelled)
    return { kind: 'cancelled', step, message: 'The flow was cancelled.', advice: 'Run it again.' };
  if (isLibraryError(thrown) && (step === 'id_token' || step === 'jwks')) return idTokenFailure(thrown, step);
  return {
    kind: 'unexpected',
    step,
    code: errorCode(thrown),
    message: `Something unexpected went wrong at the step "${step}" (${errorCode(thrown)}).`,
    advice: 'Run it again; if it stays, report it with the exported flow.',
  };
}

type LibraryError = OperationProcessingError | UnsupportedOperationError;

function isLibraryError(thrown: unknown): thrown is LibraryError {
  return thrown instanceof OperationProcessingError || thrown instanceof UnsupportedOperationError;
}

function idTokenFailure(error: LibraryError, step: FlowStep): Failure {
  const code = idTokenCode(error, step);
  return {
    kind: 'invalid_id_token',
    step,
    code,
    message: `The id_token of the server was refused: ${idTokenReasons[code] ?? `its "${code}" is missing or wrong`}.`,
    advice: idTokenAdvice[code] ?? 'Check the issuer and the client id of the profile against the server.',
  };
}

/** @see OpenID Connect Core 1.0 section 3.1.3.7 */
function idTokenCode(error: LibraryError, step: FlowStep): string {
  const cause: unknown = error.cause;
  if (error.code === KEY_SELECTION) return 'key_not_found';
  if (error.code === JWT_CLAIM_COMPARISON || error.code === JWT_TIMESTAMP_CHECK)
    return isMembers(cause) && typeof cause['claim'] === 'string' ? cause['claim'] : 'claims';
  if (error.code === PARSE_ERROR) return 'malformed';
  if (error instanceof UnsupportedOperationError) return error.message.includes('JWE') ? 'encrypted' : 'alg';
  if (isMembers(cause) && 'reason' in cause) return 'alg';
  if (error.message.includes('signature')) return 'signature';
  if (step === 'jwks') return 'jwks';
  return /JWT "(\w+)"/.exec(error.message)?.[1] ?? 'malformed';
}

const idTokenReasons: Readonly<Record<string, string>> = {
  signature: 'its signature does not fit the keys of the server',
  key_not_found: 'the server publishes no key that it could be signed with',
  jwks: 'the keys of the server cannot be read',
  alg: 'its signature algorithm is not one to accept',
  encrypted: 'it is encrypted',
  malformed: 'it is no JSON Web Token',
  iss: 'its issuer is another one',
  aud: 'it is for another client',
  azp: 'it is for another client',
  exp: 'it has expired',
  nbf: 'it is not valid yet',
  sub: 'it is of another user than the one who signed in',
  nonce: 'its nonce is not the one of this flow',
};

const idTokenAdvice: Readonly<Record<string, string>> = {
  exp: 'Compare the clock of this machine with that of the server.',
  nbf: 'Compare the clock of this machine with that of the server.',
  nonce: 'Run the flow again; if it stays, the server does not return the nonce as it must.',
  sub: 'Get a new token by signing in; if it stays, report it to the operator of the server.',
  encrypted: 'Register the client without id_token encryption at the server.',
  iss: 'Set the issuer of the profile to the one the server puts into its tokens.',
};

function errorCode(thrown: unknown): string {
  if (isMembers(thrown) && typeof thrown['code'] === 'string') return thrown['code'].slice(0, 60);
  return thrown instanceof Error ? thrown.name.slice(0, 60) : 'unknown';
}
