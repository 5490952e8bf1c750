import { FailureError } from '../record/failure.ts';
import type { Exchange } from '../record/exchange.ts';
import { replacersOf } from '../http/replaceSecrets.ts';
import { secretsIn } from '../http/secrets.ts';
import type { Clock } from '../ports.ts';
import type { Check, Judgement } from './check.ts';
import { notApplicable, notDetermined } from './judgement.ts';
import type { PlanItem } from './plan.ts';
import type { CheckResult } from './report.ts';
import { Lacking, Undetermined, WithoutCode } from './undetermined.ts';

/** The evidence that every kind of bench has. */
interface Evident {
  /** Everything that was sent and received. */
  readonly evidence: readonly Exchange[];
}

/** Runs one check on its bench. Undefined when the run was cancelled meanwhile. */
export async function runOne<B extends Evident>(
  item: PlanItem<Check<B>>,
  bench: B,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<CheckResult | undefined> {
  const { check } = item;
  const startedAt = clock.now();
  const judgement =
    item.notApplicable === undefined ? await judge(check, bench) : notApplicable(item.notApplicable);
  if (signal.aborted) return undefined;
  const { id, area, title, tries, expects, sources } = check;
  // A server may say again what it was sent, and the words of a verdict go to logs, reports and other extensions.
  const { sentence: clean } = replacersOf(secretsIn(bench.evidence));
  return {
    ...{ id, area, title, tries, expects, sources },
    verdict: judgement.verdict,
    meaning: clean(judgement.meaning),
    ...(item.unmet && { unmet: true }),
    ...(judgement.clientRefused && { clientRefused: true }),
    ...(judgement.requestRefused && { requestRefused: true }),
    ...(judgement.noCode !== undefined && { noCode: judgement.noCode }),
    ...(judgement.advice === undefined ? {} : { advice: clean(judgement.advice) }),
    fixes: judgement.fixes ?? [],
    facts: judgement.facts ?? {},
    evidence: bench.evidence,
    startedAt,
    endedAt: clock.now(),
  };
}

async function judge<B>(check: Check<B>, bench: B): Promise<Judgement> {
  try {
    return await check.run(bench);
  } catch (thrown) {
    if (thrown instanceof Undetermined)
      return {
        ...notDetermined(thrown.message),
        ...(thrown.refuses === 'client' && { clientRefused: true }),
        ...(thrown.refuses === 'request' && { requestRefused: true }),
        ...(thrown instanceof WithoutCode && { noCode: thrown.came }),
      };
    if (thrown instanceof Lacking) return notApplicable(thrown.message);
    if (thrown instanceof FailureError) return notDetermined(thrown.failure.message);
    // A mistake of ours, or an abort on its way up: the other checks still have something to say.
    return notDetermined(
      `The check could not be carried out (${thrown instanceof Error ? thrown.name : 'unknown'}).`,
    );
  }
}
