import { allGrants } from '../grants/all.ts';
import { secretsIn } from '../http/secrets.ts';
import type { Profile } from '../profile/profile.ts';
import type { Exchange } from '../record/exchange.ts';
import { causesAlone } from './answerAlone.ts';
import type { Catalogue } from './catalogue.ts';
import { cleanExplanation } from './cleanExplanation.ts';
import { explainFacts } from './explainFailure.ts';
import type { Cause, Explanation } from './explanation.ts';
import { gatherFacts, type Facts } from './facts.ts';
import { providerRules } from './providerRules.ts';
import { readAnswer, type AnswerHints, type ReadAnswer } from './readAnswer.ts';

/** An answer that somebody has, explained; or why there is nothing to explain. */
export type ExplainedAnswer =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | Exclude<ReadAnswer, { readonly kind: 'failure' }>;

/**
 * Explains an answer as it is copied around, without what is secret in it; without a profile only by what the server's own words
 * show. Never throws.
 */
export function explainAnswer(
  text: string,
  hints: AnswerHints,
  profile: Profile | undefined,
  catalogue: Catalogue,
): ExplainedAnswer {
  const answer = readAnswer(text, {
    ...(profile?.tokenEndpoint === undefined || hints.from === 'api' ? {} : { url: profile.tokenEndpoint }),
    ...hints,
  });
  if (answer.kind !== 'failure') return answer;
  const facts = gatherFacts({ ...answer, profile: profile ?? nobody }, catalogue);
  const explanation = explainFacts(facts);
  const causes = profile === undefined ? ofTheAnswer(explanation, facts) : explanation.causes;
  const secrets = secretsIn([...answer.exchanges, pasted(text)]);
  return { kind: 'explained', explanation: cleanExplanation({ ...explanation, causes }, secrets) };
}

/** The text itself: in a redirect or a recording, other things stand beside the answer, which may repeat them. */
function pasted(text: string): Exchange {
  return {
    ...{ id: 1, purpose: 'token', leg: 'browser', startedAt: 0, deviations: [] },
    request: { method: 'GET', url: text.trim().slice(0, longestAddress), headers: [] },
    response: { status: 200, statusText: '', headers: [], body: text },
  };
}

/** Characters of a redirect. */
const longestAddress = 64 * 1024;

/**
 * Those of an API or of a provider that was recognised; else what the server's own words speak of. Without fixes: there is no
 * profile to change.
 */
function ofTheAnswer({ causes, failure }: Explanation, facts: Facts): Explanation['causes'] {
  const known = failure.step === 'api' ? causes : ofProvider(facts);
  const found = known.length > 0 ? known : causesAlone(facts);
  return found.map((cause) => ({ ...cause, fixes: [] })).sort((a, b) => b.weight - a.weight);
}

/** What is known of the provider's answers to any grant: which one it was, nobody said. */
function ofProvider(facts: Facts): readonly Cause[] {
  const found = allGrants.flatMap(({ id }) =>
    providerRules({ ...facts, profile: { ...facts.profile, grant: id } }),
  );
  return [...new Map(found.map((cause) => [cause.id, cause])).values()];
}

/** A profile of which nothing is known. */
const nobody: Profile = {
  ...{ id: '', name: '', grant: 'authorization_code', clientId: '', clientAuthentication: 'none' },
  ...{ scopes: [], resource: [], tokenParameters: {} },
};
