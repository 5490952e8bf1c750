import { maskJwts } from '../http/maskJwts.ts';
import { replacersOf } from '../http/replaceSecrets.ts';
import type { Explanation } from './explanation.ts';

/**
 * An explanation without these secrets, and without JSON Web Tokens. Before it is written as Markdown: a secret that is escaped
 * there is not found any more.
 */
export function cleanExplanation(explanation: Explanation, secrets: readonly string[]): Explanation {
  const { all, sentence } = replacersOf(secrets);
  const { server, ...ours } = explanation;
  return {
    ...withTexts(ours, sentence),
    ...(server && { server: withTexts(server, all) }),
  };
}

function withTexts<T>(value: T, replace: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'string' ? maskJwts(replace(one)) : one,
  ) as T;
}
