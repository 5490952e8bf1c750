import type { GivenExplanation } from '../../shared/api.ts';
import type { Profile } from '../profile/profile.ts';
import type { ExplainedAnswer } from './explainAnswer.ts';
import { explanationMarkdown } from './explanationMarkdown.ts';

/** An explanation as other extensions get it. */
export function givenExplanation(
  { explanation }: Extract<ExplainedAnswer, { readonly kind: 'explained' }>,
  profile: Profile | undefined,
): GivenExplanation {
  const { title, meaning, causes } = explanation;
  return {
    title,
    meaning: meaning.text,
    causes: causes.map(({ id, title: cause, evidence, steps }) => ({ id, title: cause, evidence, steps })),
    markdown: explanationMarkdown(explanation, profile ? { profile } : {}),
  };
}
