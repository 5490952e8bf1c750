import type { GivenExplanation } from '../../shared/api.ts';
import { secretsIn } from '../http/secrets.ts';
import type { Profile } from '../profile/profile.ts';
import { cleanExplanation } from './cleanExplanation.ts';
import type { ExplainedAnswer } from './explainAnswer.ts';
import { explanationMarkdown } from './explanationMarkdown.ts';

/** An explanation as other extensions get it: nothing of what was secret in the answer but its last characters. */
export function givenExplanation(
  { explanation, answer }: Extract<ExplainedAnswer, { readonly kind: 'explained' }>,
  profile: Profile | undefined,
): GivenExplanation {
  const clean = cleanExplanation(explanation, secretsIn(answer.exchanges));
  const { title, meaning, causes } = clean;
  return {
    title,
    meaning: meaning.text,
    causes: causes.map(({ id, title: cause, evidence, steps }) => ({ id, title: cause, evidence, steps })),
    markdown: explanationMarkdown(clean, profile ? { profile } : {}),
  };
}
