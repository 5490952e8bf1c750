import { mask } from '../http/mask.ts';
import type { FlowReport } from '../record/report.ts';

/** One line for the output channel: never a secret, and of a token only its end. */
export function flowSummary({ kind, profile, outcome, exchanges, startedAt, endedAt }: FlowReport): string {
  const result =
    outcome.kind === 'token'
      ? `token ${mask(outcome.tokens.access_token)}`
      : outcome.kind === 'checked'
        ? outcome.verdict
        : outcome.failure.message;
  return `${profile.name} (${profile.id}), ${kind}: ${result} [${exchanges.length} exchanges, ${endedAt - startedAt} ms]`;
}
