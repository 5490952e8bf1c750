import { plainText } from '../http/plainText.ts';
import { unnamedError } from '../oauth/errorBody.ts';
import { secretOrigin } from '../profile/profile.ts';
import type { FlowReport } from '../record/report.ts';
import type { Catalogue } from './catalogue.ts';
import type { Cause, Explanation } from './explanation.ts';
import { gatherFacts, type FailureInput, type Facts } from './facts.ts';
import { isForbiddenBefore } from './rules/api.ts';
import { codeCauses, ownMeaning } from './rules/codes.ts';
import { reasonOfItsOwn } from './rules/reasonOfItsOwn.ts';
import { sourceOf } from '../source.ts';
import { errorMeaning, kindMeaning, statusMeaning, type Meaning } from './meanings.ts';
import { providerRules } from './providerRules.ts';
import { isUseful, type QuickFix } from './quickFix.ts';
import { evidenceRules, wordRules } from './rules.ts';
import { serverWords } from './serverWords.ts';

/** Causes that are shown at most. */
const mostCauses = 8;

/**
 * Explains a failure: the server's own words, what they mean in that place, causes ranked by the evidence, fixes.
 * Pure, never throws, and its work is bounded whatever a server sent.
 */
export function explainFailure(input: FailureInput, catalogue: Catalogue): Explanation {
  return explainFacts(gatherFacts(input, catalogue));
}

/** As `explainFailure` does, of what was gathered before. */
export function explainFacts(facts: Facts): Explanation {
  const { failure, provider } = facts;
  const server = serverWords(facts);
  return {
    failure,
    title: titleOf(facts),
    provider: { ...pick(provider.provider), why: provider.why, how: provider.how },
    ...(server ? { server } : {}),
    meaning: meaningOf(facts),
    causes: causesOf(facts),
    ...(failure.exchange === undefined ? {} : { exchange: failure.exchange }),
    links: provider.provider.links,
  };
}

/** The explanation of a run that failed; absent when it gave a token. */
export function explainReport(
  report: FlowReport,
  catalogue: Catalogue,
  more: Omit<FailureInput, 'failure' | 'profile' | 'exchanges' | 'pkce'> = {},
): Explanation | undefined {
  const { outcome, pkce, failedAt } = report;
  if (outcome.kind !== 'failure') return undefined;
  const { failure } = outcome;
  const exchanges = report.exchanges.filter(
    ({ party }) => (party === undefined) === (failedAt === undefined),
  );
  const profile = failedAt ?? report.profile;
  const given = { ...more, failure, profile, exchanges, ...(pkce ? { pkce } : {}) };
  const explanation = explainFailure(given, catalogue);
  // Two servers took part: which one it was is the first thing to know.
  return exchanges.length === report.exchanges.length && failedAt === undefined
    ? explanation
    : { ...explanation, title: `${explanation.title} (${new URL(secretOrigin(profile)).host})` };
}

function pick({ id, name }: { readonly id: string; readonly name: string }) {
  return { id, name };
}

function titleOf({ failure, error, status, exchange }: Facts): string {
  const place = exchange?.purpose === 'userinfo' ? 'from the userinfo endpoint' : places[failure.step];
  // An error code of blanks is not a title.
  const code = plainText(error ?? '', 80).trim();
  const isNamed = code !== '' && !(code === unnamedError && status !== undefined);
  if (isNamed) return `${code} ${place}`;
  if (error !== undefined && code === '') return `An error without a name ${place}`;
  if ((failure.kind === 'http_error' || code !== '') && status !== undefined)
    return `Status ${status} ${place}`;
  return plainText(failure.message, 160);
}

const places = {
  profile: 'in the profile',
  secret: 'before the token request',
  discovery: 'at discovery',
  listen: 'at the loopback listener',
  browser: 'in the browser',
  authorization: 'at the authorization endpoint',
  redirect: 'in the redirect',
  token: 'at the token endpoint',
  jwks: 'at the server’s keys',
  id_token: 'in the id_token',
  refresh: 'at the refresh',
  registration: 'at the registration endpoint',
  introspection: 'at the introspection endpoint',
  revocation: 'at the revocation endpoint',
  sign_out: 'at the sign-out',
  api: 'from the API',
  store: 'when storing the token',
} as const;

function meaningOf(facts: Facts): Meaning {
  const { failure, status } = facts;
  const error = facts.inner ?? facts.error;
  const own = ownMeaning(facts);
  if (own) return { text: own.meaning, source: sourceOf(own.source) };
  const named = error === undefined ? undefined : errorMeaning(error.toLowerCase(), failure.step);
  if (named) return named;
  if (isForbiddenBefore(facts))
    return { text: 'A page forbids the request; whether it is the API’s is not said.' };
  if (failure.kind === 'http_error') return statusMeaning(status ?? 0, failure.step);
  return kindMeaning(failure.kind, failure.step);
}

function causesOf(facts: Facts): readonly Cause[] {
  const known = providerRules(facts);
  // What is known of this very server says more than the words alone.
  const most = Math.max(...known.map(({ weight }) => weight));
  const told = wordRules
    .flatMap((rule) => rule(facts))
    .map((cause) => (known.length > 0 ? { ...cause, weight: Math.min(cause.weight, most - 1) } : cause));
  const found = [...known, ...told, ...evidenceRules.flatMap((rule) => rule(facts))];
  const causes = found.length > 0 ? found : nonEmpty(codeCauses(facts), reasonOfItsOwn(facts));
  const ranked = [...causes].sort((a, b) => b.weight - a.weight).slice(0, mostCauses);
  return ranked.map((cause) => ({ ...cause, fixes: usefulFixes(cause.fixes, facts) }));
}

function nonEmpty(one: readonly Cause[], other: readonly Cause[]): readonly Cause[] {
  return one.length > 0 ? one : other;
}

/** Fixes that would change something, each once. */
function usefulFixes(fixes: readonly QuickFix[], { profile }: Facts): readonly QuickFix[] {
  const texts = new Set<string>();
  return fixes
    .map((fix) => narrowed(fix, profile))
    .filter((fix) => {
      const text = JSON.stringify(fix);
      const useful = !texts.has(text) && isUseful(profile, fix);
      texts.add(text);
      return useful;
    });
}

/** Of the scopes to remove only those the profile has, so that the button names what will happen. */
function narrowed(fix: QuickFix, { scopes }: Facts['profile']): QuickFix {
  return fix.kind === 'remove_scopes'
    ? { ...fix, scopes: fix.scopes.filter((scope) => scopes.includes(scope)) }
    : fix;
}
