import type { Trace } from '../record/trace.ts';
import { secretsIn } from './secrets.ts';

/** Every secret of a flow: those it used, and those that passed through its exchanges. */
export function secretsOf({ usedSecrets, exchanges }: Trace): readonly string[] {
  return [...usedSecrets, ...secretsIn(exchanges)];
}
