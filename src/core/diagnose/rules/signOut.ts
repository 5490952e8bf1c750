import { errorName, plainText } from '../../http/plainText.ts';
import { sourceOf } from '../../source.ts';
import type { Cause } from '../explanation.ts';
import { said, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';

const source = sourceOf('OpenID Connect RP-Initiated Logout 1.0 section 4');

const oldHint: Omit<Cause, 'evidence'> = {
  ...{ id: 'sign-out-hint', weight: 62, source },
  title: 'The id_token that names the session (id_token_hint) was not taken.',
  steps: ['Sign in again, then sign out with the new id_token.'],
  fixes: [{ kind: 'sign_in' }],
};
const address: Omit<Cause, 'evidence'> = {
  ...{ id: 'sign-out-address', weight: 60, source },
  title: 'The post-logout redirect URI is not registered exactly as it was sent.',
  steps: ['Register exactly this URI at the server (post_logout_redirect_uris).'],
  fixes: [],
};
const otherClient: Omit<Cause, 'evidence'> = {
  ...{ id: 'sign-out-client', weight: 66, source },
  title: 'The server does not know this client, or the id_token is of another one.',
  steps: ['Compare the client ID of the profile with the registration.'],
  fixes: [{ kind: 'edit_profile', field: 'clientId' }],
};
const declined: Omit<Cause, 'evidence'> = {
  ...{ id: 'sign-out-declined', weight: 64, source },
  title: 'The sign-out was declined at the server, or the session is another user’s.',
  steps: ['Run it again and confirm it in the browser.'],
  fixes: [],
};
const noSession: Omit<Cause, 'evidence'> = {
  ...{ id: 'sign-out-no-session', weight: 64, source },
  title: 'This browser has no session at the server that could be ended.',
  steps: ['Open the sign-out in the browser in which you signed in.'],
  fixes: [],
};

/** No specification defines codes for a sign-out: servers use those of OAuth. */
const behind = [
  [
    ['invalid_client', 'unauthorized_client'],
    [otherClient, oldHint],
  ],
  [['invalid_redirect_uri', 'redirect_uri_mismatch'], [address]],
  [['access_denied'], [declined]],
  [
    ['login_required', 'interaction_required'],
    [noSession, oldHint],
  ],
  [
    ['invalid_request', 'invalid_token'],
    [oldHint, address],
  ],
] as const;

/** A sign-out that came back with an error. @see OpenID Connect RP-Initiated Logout 1.0 section 4 */
export const signOutRefused: Rule = (facts) => {
  const { failure, exchanges } = facts;
  if (failure.step !== 'sign_out' || failure.kind !== 'oauth_error') return [];
  const asked = exchanges.findLast(({ purpose }) => purpose === 'sign_out');
  const sent = asked && sentParameters(asked).get('post_logout_redirect_uri');
  const came = `The server came back with ${errorName(failure.body.error, 100)}.`;
  const [, causes = []] = behind.find(([codes]) => said(facts, ...codes)) ?? [];
  return causes.map((cause) => ({
    ...cause,
    evidence: cause === address && sent !== undefined ? [came, `Sent: ${plainText(sent, 300)}`] : [came],
  }));
};
