import type { Explanation } from '../../../../src/core/diagnose/explanation.ts';
import type { Trace } from './trace.ts';

/** Every sentence of an explanation. */
const sentences = ({ title, meaning, causes, failure }: Explanation) => [
  title,
  meaning.text,
  failure.message,
  failure.advice,
  ...causes.flatMap((cause) => [cause.title, ...cause.evidence]),
];

/** What words claim, whichever sentence they stand in. */
const claims: readonly (readonly [words: RegExp, isTrue: (trace: Trace) => boolean])[] = [
  // Of whom something is said, that was asked.
  [/^The token endpoint\b|at the token endpoint/i, ({ token }) => token !== undefined],
  [/code exchange/, (trace) => trace.form.has('code')],
  [/^the refresh token/i, (trace) => trace.form.has('refresh_token') || trace.report.kind === 'revocation'],
  [/prompt=none forbids/, (trace) => trace.asked.get('prompt') === 'none'],
  [
    /(?<!Nobody )came back|The redirect (?:has|names)/,
    (trace) => trace.redirect !== undefined || trace.signed,
  ],
  [/The answer is a web page/, ({ all }) => all.some(({ response }) => /^\s*</.test(response?.body ?? ''))],
  [/The API knows the token/, (trace) => !isPage(trace)],
  [/The server refuses\.$/, ({ all }) => all.some(({ response }) => (response?.status ?? 0) >= 400)],
  [/^The token that the request was authorized with/, (trace) => trace.bearer],
  [/no specification knows/, () => false],
  [/^The authorization request/i, (trace) => trace.asked.has('response_type') || trace.at('device')],
];

function isPage({ last }: Trace): boolean {
  const { headers = [], body = '' } = last?.response ?? {};
  const isChallenged = headers.some(([name]) => name.toLowerCase() === 'www-authenticate');
  return !isChallenged && /^\s*</.test(body) && headers.some(([, value]) => value.startsWith('text/html'));
}

/** Sentences that are false of some traces, whichever cause they are of. */
export function contradicted(trace: Trace): string | undefined {
  const statuses = new Set(trace.all.map(({ response }) => String(response?.status ?? '')));
  // An answer that `fetch` keeps for itself: nothing of it but the status is known.
  if (trace.all.some(({ response, error }) => response === undefined && error?.code === 'http_error'))
    statuses.add('407');
  for (const sentence of sentences(trace.explanation)) {
    for (const [, said = ''] of sentence.matchAll(/\bstatus (\d{3})\b/gi))
      if (!statuses.has(said)) return sentence;
    const answered =
      trace.all.find(({ id }) => id === trace.explanation.failure.exchange)?.response !== undefined;
    if (answered && /no answer (?:came|from)|before HTTP|failed before/i.test(sentence)) return sentence;
    const lacking = /names no (\w+ endpoint)/.exec(sentence)?.[1]?.replaceAll(' ', '_');
    if (lacking !== undefined && trace.documents.at(-1)?.[lacking] !== undefined) return sentence;
    const isAbsent = trace.all.every(
      ({ purpose, response }) => purpose !== 'discovery' || response?.status === 404,
    );
    if (sentence.includes('addresses answer 404') && !isAbsent) return sentence;
    if (claims.some(([words, isTrue]) => words.test(sentence) && !isTrue(trace))) return sentence;
    if (/The server said (\w+)[.;]/.test(sentence)) {
      const [, code = ''] = /The server said (\w+)[.;]/.exec(sentence) ?? [];
      if (!trace.words.includes(code)) return sentence;
    }
  }
  return undefined;
}
