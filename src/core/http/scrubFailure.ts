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
  const clean = (text: string) => withoutCut(all(text), secrets);
  return {
    ...(scrub(failure, clean, 0) as object),
    // Names of ours, which a secret may be called, too.
    ...{ kind, step, message: withoutCut(sentence(message), secrets), advice: sentence(advice) },
  } as Failure;
}

/** Characters of the shortest beginning of a secret that is looked for where words were cut, and of the longest text that is cut. */
const shortestCut = 4;
const longestCut = 500;

/** A text without the beginnings of secrets that were cut through, as the words of a server are for a sentence. */
function withoutCut(text: string, secrets: readonly string[]): string {
  if (text.length > 4 * longestCut || !text.includes('…')) return text;
  return text
    .split('…')
    .map((part, index, all) => (index === all.length - 1 ? part : withoutBeginning(part, secrets)))
    .join('…');
}

function withoutBeginning(text: string, secrets: readonly string[]): string {
  const near = Math.max(0, text.length - longestCut);
  for (const secret of secrets) {
    const begins = secret.slice(0, shortestCut);
    if (begins.length < shortestCut) continue;
    for (let at = text.indexOf(begins, near); at >= 0; at = text.indexOf(begins, at + 1))
      if (secret.startsWith(text.slice(at))) return text.slice(0, at);
  }
  return text;
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
