import type { Exchange } from './exchange.ts';
import type { Failure } from './failure.ts';

/** Adds the exchange in which a failure happened, where only the trace can tell. */
export function locateFailure(failure: Failure, exchanges: readonly Exchange[]): Failure {
  if (failure.exchange !== undefined) return failure;
  const exchange = exchanges.findLast((candidate) => belongs(candidate, failure.step));
  return exchange === undefined ? failure : { ...failure, exchange: exchange.id };
}

function belongs({ purpose, leg, ignored }: Exchange, step: Failure['step']): boolean {
  switch (step) {
    case 'authorization':
    case 'redirect':
      return (
        (purpose === 'redirect' && ignored === undefined) ||
        (purpose === 'authorization' && leg === 'browser')
      );
    case 'sign_out':
      return purpose === 'redirect' && ignored === undefined;
    case 'id_token':
      return purpose === 'token' || purpose === 'refresh';
    case 'jwks':
      return purpose === 'jwks';
    default:
      return false;
  }
}
