import { maskJwts } from '../http/maskJwts.ts';
import { secretReplacer } from '../http/replaceSecrets.ts';
import type { Explanation } from './explanation.ts';

/**
 * An explanation without these secrets, and without JSON Web Tokens. Before it is written as Markdown: a secret that is escaped
 * there is not found any more.
 */
export function cleanExplanation(explanation: Explanation, secrets: readonly string[]): Explanation {
  const replace = secretReplacer(secrets);
  return JSON.parse(JSON.stringify(explanation), (_, value: unknown) =>
    typeof value === 'string' ? maskJwts(replace(value)) : value,
  ) as Explanation;
}
