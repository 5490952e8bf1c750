import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultContext, FaultLayer, FaultResponse } from './fault.ts';
import { isToken } from './messages.ts';

/** Milliseconds a token request takes at a server that notices too late. */
const slow = 60;

/** Answers every request that names the same `field` while one is under way like that one. */
export function sharesWhileUnderWay(grant: string, field: string): (context: FaultContext) => FaultLayer {
  return () => {
    const underWay = new Map<string, Promise<FaultResponse>>();
    return async (request, next) => {
      const value = request.form.get(field);
      if (!isToken(request, grant) || value === null) return next(request);
      const running = underWay.get(value) ?? sleep(slow).then(() => next(request));
      underWay.set(value, running);
      try {
        return await running;
      } finally {
        underWay.delete(value);
      }
    };
  };
}
