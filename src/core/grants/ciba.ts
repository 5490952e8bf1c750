import type { GrantInput } from '../profile/traits.ts';
import { idTokenType } from '../oauth/tokenTypes.ts';
import type { GrantDescriptor } from './grant.ts';

const source = 'OpenID Connect CIBA Core section 11';
const asked = 'OpenID Connect CIBA Core section 7.1';

/** What a server may want in the place of a login hint it does not take: the form is nowhere defined. */
export const loginHintForm =
  'Write the login hint as this server knows its users: a user name, an e-mail address, a telephone number, or JSON such as {"username":"alice"}.';

/** A code is a secret of the user's that no profile holds. @see OpenID Connect CIBA Core section 7.1 (user_code) */
const codeWanted =
  'Switch on “Ask for the user’s code” in the profile and give the one the user has at this server; or use a user without one.';

/** What says who is meant in the place of a login hint, and the parameter it is sent as. @see OpenID Connect CIBA Core section 7.1 */
const idTokenHint: GrantInput = {
  ...{ what: 'id_token_hint', noun: 'ID token that names the user', long: true, once: true },
  ...{ fromProfile: 'subjectProfile', tokenType: idTokenType },
};
const hintToken: GrantInput = {
  ...{ what: 'login_hint_token', noun: 'token that names the user', long: true, once: true },
};
const codeOfUser: GrantInput = { what: 'user_code', noun: 'code of the user', once: true };

/**
 * A user who allows the access on another device that the server reaches, such as an app on a telephone.
 *
 * @see OpenID Connect Client-Initiated Backchannel Authentication Core 1.0, poll mode
 */
export const ciba: GrantDescriptor = {
  id: 'ciba',
  grantType: 'urn:openid:params:grant-type:ciba',
  label: 'Backchannel authentication (CIBA)',
  short: 'backchannel authentication',
  summary: 'You name a user, who approves the request on their own device; no browser is needed.',
  description: 'The named user approves the request on their own device (OpenID Connect CIBA, poll mode).',
  icon: 'device-mobile',
  actsForUser: true,
  redirects: false,
  waitsFor: 'decision',
  provesItself: true,
  defaultAuthentication: 'client_secret_basic',
  needs: ['backchannelAuthenticationEndpoint'],
  needsOneOf: ['loginHint', 'subjectProfile', 'loginHintToken'],
  fields: [
    'backchannelAuthenticationEndpoint',
    'bindingMessage',
    'loginHint',
    'subjectProfile',
    'loginHintToken',
    'userCode',
    'acrValues',
  ],
  endpoints: ['backchannel_authentication_endpoint', 'token_endpoint'],
  exchanges: [
    {
      ...{ purpose: 'backchannel', title: 'Ask the user on their device', lane: 'authorization_server' },
      parameters: {
        login_hint: ['Who is to be asked, as the server knows its users.', asked],
        login_hint_token: ['A token that says who is to be asked.', asked],
        id_token_hint: ['An earlier ID token of this client, saying who is to be asked.', asked],
        user_code: ['A code of the user’s, without which their device is not asked.', asked],
      },
    },
    { purpose: 'token', title: 'Ask whether the user has decided', lane: 'token_endpoint' },
  ],
  meanings: [
    {
      error: 'unknown_user_id',
      meaning: 'The server cannot tell who is meant by the hint that was sent.',
      advice: loginHintForm,
      source: 'OpenID Connect CIBA Core section 13',
    },
    {
      error: 'missing_user_code',
      meaning: 'The user has a code that has to be sent along.',
      advice: codeWanted,
      source: 'OpenID Connect CIBA Core section 13',
    },
    {
      error: 'invalid_user_code',
      meaning: 'The server wants the code of the user, and got none or another one.',
      advice: codeWanted,
      source: 'OpenID Connect CIBA Core section 13',
    },
    {
      error: 'expired_login_hint_token',
      meaning: 'The token that says who is meant has expired.',
      advice: 'Run it again with a new one.',
      source: 'OpenID Connect CIBA Core section 13',
    },
    {
      error: 'transaction_failed',
      meaning: 'The user’s decision was not brought to an end, by a fault on the way.',
      advice: 'Run it again; if it stays, the server or the user’s device has a problem.',
      source: 'OpenID Connect CIBA Core section 11',
    },
    {
      error: 'invalid_binding_message',
      meaning: 'The binding message is too long or has signs that the device cannot show.',
      advice: 'Shorten it to about 20 letters and digits.',
      source: 'OpenID Connect CIBA Core section 13',
    },
    {
      error: 'unauthorized_client',
      meaning: 'The client may not use this grant, or is registered for push mode, where nobody may ask.',
      advice: 'Have the grant allowed to the client, and backchannel_token_delivery_mode set to poll.',
      source,
    },
    {
      error: 'authorization_pending',
      meaning: 'The user has not decided yet.',
      advice: 'Allow the access on the device.',
      source,
    },
    {
      error: 'slow_down',
      meaning: 'The server was asked too often.',
      advice: 'Wait: the next questions come 5 seconds further apart.',
      source,
    },
    {
      error: 'expired_token',
      meaning: 'The user did not decide in time.',
      advice: 'Run it again and allow the access in time.',
      source,
    },
    {
      error: 'access_denied',
      meaning: 'The user, or a rule of the server, refused the access.',
      advice: 'Run it again and allow the access.',
      source,
    },
  ],
  otherNames: ['granttypeciba', 'ciba', 'backchannel'],
  inputs: ({ subjectProfile, loginHintToken, userCode }) => [
    ...(subjectProfile === undefined ? [] : [idTokenHint]),
    ...(loginHintToken === true ? [hintToken] : []),
    ...(userCode === true ? [codeOfUser] : []),
  ],
  async run(profile, flow) {
    const { signInWithCiba } = await import('../oauth/signInWithCiba.ts');
    return signInWithCiba(profile, flow, ciba.inputs?.(profile) ?? []);
  },
};
