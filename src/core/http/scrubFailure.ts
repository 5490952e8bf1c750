import { secretsOf } from './secretsOf.ts';
import { replacersOf } from './replaceSecrets.ts';
import type { Failure } from '../record/failure.ts';
import type { Trace } from '../record/trace.ts';

/** A failure without any secret of its flow, in case a server repeated one in its answer. */
export function scrubFailure(failure: Failure, trace: Trace): Failure {
  const secrets = secretsOf(trace);
  if (secrets.length === 0) return failure;
  const { kind, step, message, advice } = failure;
  const { all, sentence } = replacersOf(secrets);
  return {
    ...(scrub(failure, all, 0) as object),
    // Names of ours, which a secret may be called, too.
    ...{ kind, step, message: sentence(message), advice: sentence(advice) },
  } as Failure;
}

/** Deeper ones are left out: a server's answer may be nested without end. */
const deepest = 100;

function scrub(value: unknown, clean: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => scrub(item, clean, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, scrub(member, clean, depth + 1)]),
  );
}
