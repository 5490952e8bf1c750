import { secretsIn } from '../http/secrets.ts';
import type { Profile } from '../profile/profile.ts';
import type { Exchange } from '../record/exchange.ts';
import type { Catalogue } from './catalogue.ts';
import { cleanExplanation } from './cleanExplanation.ts';
import { explainFailure } from './explainFailure.ts';
import type { Explanation } from './explanation.ts';
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
  const explanation = explainFailure({ ...answer, profile: profile ?? nobody }, catalogue);
  const causes = profile === undefined ? ofTheAnswer(explanation) : explanation.causes;
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

/** Those of providers, and those of an API's challenge. */
function ofTheAnswer({ causes, failure }: Explanation): Explanation['causes'] {
  return causes.filter(({ id }) => failure.step === 'api' || id.includes('/'));
}

/** A profile of which nothing is known. */
const nobody: Profile = {
  ...{ id: '', name: '', grant: 'authorization_code', clientId: '', clientAuthentication: 'none' },
  ...{ scopes: [], resource: [], tokenParameters: {} },
};
