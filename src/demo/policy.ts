import type { interactionPolicy as policies, KoaContextWithOIDC } from 'oidc-provider';
import { InvalidRequest } from 'oidc-provider/lib/helpers/errors.js';
import { base, Check } from 'oidc-provider/lib/helpers/interaction_policy/index.js';

/** When the demo asks the user, and what it refuses before it asks. */
export function interactionPolicy(): policies.Prompt[] {
  const policy = base();
  // RFC 8252 section 8.6 has native apps ask every time; the demo asks once a browser session, so that checks run by themselves.
  policy.get('consent')?.checks.remove('native_client_prompt');
  policy.get('login')?.checks.add(oneTimeChallenge(), 0);
  return policy;
}

/** Refuses a `code_challenge` that has earned a code before. @see RFC 9700 section 2.1.1 */
function oneTimeChallenge(): policies.Check {
  const spent = new Map<string, string>();
  return new Check('challenge_reused', 'the code_challenge was used before', (context) => {
    const challenge = context.oidc.params?.['code_challenge'];
    if (typeof challenge !== 'string') return false;
    const request = requestOf(context);
    const first = spent.get(challenge);
    if (first !== undefined && first !== request) throw new InvalidRequest('code_challenge was used before');
    spent.set(challenge, request);
    return false;
  });
}

/** Resuming the same request after the user signed in is no reuse: `state` and redirect URI tell requests apart. */
function requestOf(context: KoaContextWithOIDC): string {
  const { state, redirect_uri: redirectUri } = context.oidc.params ?? {};
  return JSON.stringify([state, redirectUri]);
}
