import { FailureError, type Failure, type FlowStep } from './failure.ts';
import { isObject } from '../../shared/json.ts';

/** Where a flow was when something was thrown. */
export interface FlowPosition {
  readonly step: FlowStep;
  readonly cancelled: boolean;
}

/**
 * Turns anything that was thrown into a failure: the only place that does. The message never contains what a server sent
 * unasked.
 */
export function toFailure(thrown: unknown, { step, cancelled }: FlowPosition): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (cancelled)
    return { kind: 'cancelled', step, message: 'The flow was cancelled.', advice: 'Run it again.' };
  return {
    kind: 'unexpected',
    step,
    code: errorCode(thrown),
    message: `Something unexpected went wrong at the step "${step}" (${errorCode(thrown)}).`,
    advice: 'Run it again; if it stays, report it with the exported flow.',
  };
}

function errorCode(thrown: unknown): string {
  if (isObject(thrown) && typeof thrown['code'] === 'string') return thrown['code'].slice(0, 60);
  return thrown instanceof Error ? thrown.name.slice(0, 60) : 'unknown';
}
