import type { interactionPolicy as policies, KoaContextWithOIDC } from 'oidc-provider';
import { InvalidRequest } from 'oidc-provider/lib/helpers/errors.js';
import { base, Check } from 'oidc-provider/lib/helpers/interaction_policy/index.js';

/**
 * When the demo asks the user, and what it refuses before it asks.
 *
 * @param spent challenges that have earned a code
 */
export function interactionPolicy(spent: ReadonlySet<string>): policies.Prompt[] {
  const policy = base();
  // RFC 8252 section 8.6 has native apps ask every time; the demo asks once a browser session, so that checks run by themselves.
  policy.get('consent')?.checks.remove('native_client_prompt');
  policy.get('login')?.checks.add(oneTimeChallenge(spent), 0);
  return policy;
}

/** Refuses a `code_challenge` that has earned a code before. @see RFC 9700 section 2.1.1 */
function oneTimeChallenge(spent: ReadonlySet<string>): policies.Check {
  return new Check('challenge_reused', 'the code_challenge was used before', (context) => {
    const challenge = challengeOf(context);
    if (challenge !== undefined && spent.has(challenge))
      throw new InvalidRequest('code_challenge was used before');
    return false;
  });
}

/** The `code_challenge` of an authorization request. */
export function challengeOf(context: KoaContextWithOIDC): string | undefined {
  const challenge = context.oidc.params?.['code_challenge'];
  return typeof challenge === 'string' ? challenge : undefined;
}
