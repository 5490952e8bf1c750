import { replaceSecrets } from '../http/secrets.ts';
import type { Failure } from './failure.ts';
import type { Trace } from './trace.ts';

/** A failure without any secret of its flow, in case a server repeated one in its answer. */
export function scrubFailure(failure: Failure, trace: Trace): Failure {
  const secrets = trace.secrets();
  return secrets.length === 0 ? failure : (scrub(failure, secrets) as Failure);
}

function scrub(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return replaceSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((item) => scrub(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, scrub(member, secrets)]));
}
