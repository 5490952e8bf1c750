import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainFailure } from '../../../src/core/diagnose/explainFailure.ts';
import { kindMeaning, statusMeaning } from '../../../src/core/diagnose/meanings.ts';
import type { Failure, FlowStep } from '../../../src/core/record/failure.ts';
import type { Exchange, ExchangePurpose } from '../../../src/core/record/exchange.ts';
import { allAuthentications } from '../../../src/core/authentication/all.ts';
import { allGrants } from '../../../src/core/grants/all.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { catalogue } from './play.ts';

/** One place where servers answer with errors: who asks there, and every code that its specifications define. */
interface Place {
  readonly step: FlowStep;
  readonly profile: Profile;
  readonly status?: number;
  /** What was sent, where that is more than the step. */
  readonly purpose?: ExchangePurpose;
  readonly codes: string;
}

const at = (grant: string, over: Partial<Profile> = {}) => ({
  ...machineProfile({ grant, ...over }),
});

/** What a client is told whose way to prove itself did not work. */
const provenWith = (clientAuthentication: string): Readonly<Record<string, Place>> => ({
  [`token endpoint, ${clientAuthentication}`]: {
    ...{ step: 'token', profile: machineProfile({ clientAuthentication }), status: 401 },
    codes: 'invalid_client unauthorized_client invalid_request',
  },
});

const fapi = userProfile({
  ...{ fapi2: true, clientAuthentication: 'private_key_jwt', dpop: true },
  pushAuthorizationRequest: true,
});

/** @see RFC 6749 5.2, 4.1.2.1; RFC 6750 3.1; RFC 7009 2.2.1; RFC 7591 3.2.2; RFC 7592 2; RFC 8628 3.5; RFC 8707 2; RFC 9101 6; RFC 9126 2.3; RFC 9396 5, 7; RFC 9449; RFC 9470; OpenID Connect Core 3.1.2.6, 5.3.3; RP-Initiated Logout 1.0 4, which names no codes; CIBA Core 11, 13; Unmet Authentication Requirements 1.0 */
const places: Readonly<Record<string, Place>> = {
  'token endpoint, client credentials': {
    ...{ step: 'token', profile: machineProfile(), status: 400 },
    codes:
      'invalid_request invalid_client unauthorized_client unsupported_grant_type invalid_scope invalid_target invalid_dpop_proof use_dpop_nonce invalid_authorization_details server_error temporarily_unavailable',
  },
  ...provenWith('client_secret_jwt'),
  ...provenWith('private_key_jwt'),
  ...provenWith('tls_client_auth'),
  ...provenWith('self_signed_tls_client_auth'),
  ...provenWith('federated_assertion'),
  'token endpoint, authorization code': {
    ...{ step: 'token', profile: userProfile(), status: 400 },
    codes:
      'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_target invalid_dpop_proof use_dpop_nonce invalid_authorization_details server_error temporarily_unavailable interaction_required login_required consent_required',
  },
  refresh: {
    ...{ step: 'refresh', profile: userProfile(), status: 400 },
    codes:
      'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_target invalid_dpop_proof use_dpop_nonce invalid_authorization_details server_error temporarily_unavailable interaction_required login_required consent_required',
  },
  'a profile that starts from a refresh token': {
    ...{ step: 'token', profile: at('refresh_token'), status: 400 },
    codes:
      'invalid_request invalid_client invalid_grant unauthorized_client invalid_scope invalid_target invalid_dpop_proof use_dpop_nonce invalid_authorization_details unsupported_grant_type',
  },
  'device authorization endpoint': {
    ...{ step: 'authorization', profile: at('device_code'), status: 400 },
    codes:
      'invalid_request invalid_client unauthorized_client invalid_scope invalid_target server_error slow_down invalid_authorization_details temporarily_unavailable',
  },
  'device, asking for the token': {
    ...{ step: 'token', profile: at('device_code'), status: 400 },
    codes:
      'authorization_pending slow_down expired_token access_denied invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope use_dpop_nonce invalid_dpop_proof invalid_target invalid_authorization_details',
  },
  'token exchange': {
    ...{ step: 'token', profile: at('token_exchange'), status: 400 },
    codes:
      'invalid_request invalid_target invalid_grant invalid_client unauthorized_client unsupported_grant_type invalid_scope invalid_dpop_proof use_dpop_nonce invalid_authorization_details',
  },
  'cross-app access, at the identity provider': {
    ...{ step: 'token', profile: { ...userProfile(), grant: 'token_exchange' }, status: 400 },
    codes:
      'invalid_request invalid_target invalid_grant invalid_client unauthorized_client unsupported_grant_type invalid_scope access_denied invalid_dpop_proof use_dpop_nonce invalid_authorization_details',
  },
  'cross-app access, at the other server': {
    ...{ step: 'token', profile: at('id_jag'), status: 400 },
    codes:
      'invalid_request invalid_grant invalid_client unauthorized_client unsupported_grant_type invalid_scope invalid_target invalid_dpop_proof use_dpop_nonce invalid_authorization_details',
  },
  'JWT bearer': {
    ...{ step: 'token', profile: at('jwt_bearer'), status: 400 },
    codes:
      'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_dpop_proof use_dpop_nonce invalid_target invalid_authorization_details',
  },
  'SAML bearer': {
    ...{ step: 'token', profile: at('saml2_bearer'), status: 400 },
    codes:
      'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope invalid_dpop_proof use_dpop_nonce invalid_target invalid_authorization_details',
  },
  'backchannel authentication endpoint': {
    ...{ step: 'authorization', profile: at('ciba'), status: 400 },
    codes:
      'invalid_request invalid_client unauthorized_client invalid_scope access_denied expired_login_hint_token unknown_user_id missing_user_code invalid_user_code invalid_binding_message invalid_authorization_details invalid_target invalid_dpop_proof use_dpop_nonce',
  },
  'CIBA, asking for the token': {
    ...{ step: 'token', profile: at('ciba'), status: 400 },
    codes:
      'invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type authorization_pending slow_down expired_token access_denied transaction_failed expired_login_hint_token unknown_user_id missing_user_code invalid_user_code invalid_binding_message invalid_dpop_proof use_dpop_nonce invalid_target invalid_authorization_details invalid_scope',
  },
  'authorization endpoint': {
    ...{ step: 'redirect', profile: userProfile() },
    codes:
      'invalid_request unauthorized_client access_denied unsupported_response_type invalid_scope server_error temporarily_unavailable interaction_required login_required account_selection_required consent_required invalid_request_uri invalid_request_object request_not_supported request_uri_not_supported registration_not_supported invalid_target invalid_authorization_details unmet_authentication_requirements',
  },
  'pushed authorization request': {
    ...{ step: 'authorization', profile: userProfile({ pushAuthorizationRequest: true }), status: 400 },
    codes:
      'invalid_request invalid_client unauthorized_client unsupported_response_type access_denied invalid_request_object invalid_redirect_uri invalid_scope invalid_target invalid_authorization_details use_dpop_nonce invalid_dpop_proof server_error temporarily_unavailable login_required interaction_required consent_required unmet_authentication_requirements request_not_supported',
  },
  'FAPI 2.0, handing in the request': {
    ...{ step: 'authorization', profile: fapi, status: 401 },
    codes: 'invalid_client invalid_request invalid_request_object use_dpop_nonce invalid_dpop_proof',
  },
  'FAPI 2.0, in the redirect': {
    ...{ step: 'redirect', profile: fapi },
    codes: 'invalid_request invalid_request_uri access_denied unauthorized_client unsupported_response_type',
  },
  'FAPI 2.0, token endpoint': {
    ...{ step: 'token', profile: fapi, status: 400 },
    codes:
      'invalid_client invalid_grant invalid_request use_dpop_nonce invalid_dpop_proof unauthorized_client',
  },
  'FAPI 2.0, API': {
    ...{ step: 'api', profile: fapi, status: 401 },
    codes:
      'invalid_token insufficient_scope insufficient_user_authentication use_dpop_nonce invalid_dpop_proof',
  },
  API: {
    ...{ step: 'api', profile: userProfile(), status: 401 },
    codes:
      'invalid_request invalid_token insufficient_scope insufficient_user_authentication invalid_dpop_proof use_dpop_nonce',
  },
  userinfo: {
    ...{ step: 'api', profile: userProfile(), purpose: 'userinfo', status: 401 },
    codes:
      'invalid_request invalid_token insufficient_scope insufficient_user_authentication invalid_dpop_proof use_dpop_nonce',
  },
  'FAPI 2.0, userinfo': {
    ...{ step: 'api', profile: fapi, purpose: 'userinfo', status: 401 },
    codes: 'invalid_token insufficient_scope use_dpop_nonce invalid_dpop_proof',
  },
  'sign-out, coming back': {
    ...{ step: 'sign_out', profile: userProfile({ postLogoutRedirectUri: 'http://127.0.0.1/out' }) },
    ...{ purpose: 'sign_out' },
    codes:
      'invalid_request invalid_token invalid_client unauthorized_client invalid_redirect_uri access_denied login_required interaction_required server_error temporarily_unavailable',
  },
  introspection: {
    ...{ step: 'introspection', profile: machineProfile(), status: 401 },
    codes:
      'invalid_client invalid_token invalid_request unauthorized_client server_error temporarily_unavailable insufficient_scope',
  },
  revocation: {
    ...{ step: 'revocation', profile: machineProfile(), status: 400 },
    codes:
      'invalid_client unauthorized_client unsupported_token_type invalid_token invalid_request server_error temporarily_unavailable',
  },
  registration: {
    ...{ step: 'registration', profile: userProfile(), status: 400 },
    codes:
      'invalid_redirect_uri invalid_client_metadata invalid_software_statement unapproved_software_statement invalid_token invalid_request access_denied server_error insufficient_scope use_dpop_nonce',
  },
  'registered client, read, changed or deleted': {
    ...{ step: 'registration', profile: userProfile(), status: 401 },
    codes: 'invalid_token invalid_request invalid_client_metadata invalid_redirect_uri insufficient_scope',
  },
};

/** @see RFC 6750 section 3.1 */
const apiStatus: Readonly<Record<string, number | undefined>> = {
  invalid_request: 400,
  insufficient_scope: 403,
};

/** The explanation of an answer with this code, as it comes over the wire: to an API's client in its challenge. */
function explained({ step, profile, purpose = step, status = 0 }: Place, error: string) {
  const api = step === 'api';
  const challenge = [['www-authenticate', `Bearer error="${error}"`]] as const;
  const exchange: Exchange = {
    ...{ id: 1, purpose, leg: 'extension', startedAt: 0, endedAt: 1, deviations: [] },
    request: { method: 'POST', url: 'https://as.example.com/endpoint', headers: [] },
    response: {
      ...{ status: (api ? apiStatus[error] : undefined) ?? status, statusText: '' },
      headers: [['content-type', 'application/json'], ...(api ? challenge : [])],
      body: JSON.stringify({ error }),
    },
  };
  const common = { step, exchange: 1, message: `Refused with ${error}.`, advice: 'See why.' };
  const failure: Failure = api
    ? { ...common, kind: 'http_error', status: exchange.response?.status ?? status }
    : { ...common, kind: 'oauth_error', body: { error }, ...(status > 0 && { status }) };
  return explainFailure({ failure, profile, exchanges: status > 0 ? [exchange] : [] }, catalogue);
}

describe('every error code at its place', () => {
  for (const [name, place] of Object.entries(places))
    describe(name, () => {
      for (const code of place.codes.split(' '))
        it(`${code} has its meaning, ranked causes and what to do`, () => {
          const { meaning, causes, title } = explained(place, code);
          assert.ok(title.startsWith(code));
          assert.notEqual(meaning.text, kindMeaning('oauth_error', place.step).text);
          assert.notEqual(meaning.text, statusMeaning(place.status ?? 0, place.step).text);
          assert.ok(meaning.source, 'The meaning has a source.');
          assert.ok(causes.length > 0, 'There is a cause.');
          const weights = causes.map(({ weight }) => weight);
          assert.deepEqual(
            weights,
            [...weights].sort((a, b) => b - a),
          );
          for (const { title: cause, steps, evidence } of causes) {
            assert.ok(cause !== '' && evidence.length > 0 && steps.length > 0, cause);
          }
        });
    });

  it('has a place for each grant and each way to prove the client, and for each code more than the others have', () => {
    const all = Object.values(places);
    const grants = new Set(all.map(({ profile }) => profile.grant));
    const ways = new Set(all.map(({ profile }) => profile.clientAuthentication));
    assert.deepEqual(
      [
        allGrants.filter(({ id }) => !grants.has(id)),
        allAuthentications.filter(({ id, proves }) => proves && !ways.has(id)),
      ].flatMap((missing) => missing.map(({ id }) => id)),
      ['client_secret_post'],
    );
    // A list that a code was lost from is seen.
    assert.ok(all.flatMap(({ codes }) => codes.split(' ')).length >= 250);
  });

  it('asks for no prompt where none was sent: a token or a refresh that needs the user says so', () => {
    for (const step of ['token', 'refresh'] as const)
      for (const code of ['interaction_required', 'login_required', 'consent_required']) {
        const { meaning, causes } = explained({ step, profile: userProfile(), status: 400, codes: '' }, code);
        assert.doesNotMatch(meaning.text, /prompt/);
        assert.doesNotMatch(causes[0]?.steps.join(' ') ?? 'prompt', /prompt/);
        assert.ok(causes[0]?.fixes.some(({ kind }) => kind === 'sign_in'));
      }
  });

  it('what a grant says of its codes is what they mean in its flows', () => {
    for (const grant of allGrants)
      for (const { error, meaning } of grant.meanings ?? [])
        assert.equal(
          explained({ step: 'token', profile: at(grant.id), status: 400, codes: '' }, error).meaning.text,
          meaning,
        );
  });
});
