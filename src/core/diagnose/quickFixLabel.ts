import { authenticationOf } from '../authentication/all.ts';
import { plainText } from '../http/plainText.ts';
import type { ProfileField, QuickFix } from './quickFix.ts';

/** What the button of a quick fix says. */
export function quickFixLabel(fix: QuickFix): string {
  switch (fix.kind) {
    case 'remove_scopes':
      return `Remove ${scopes(fix.scopes)}`;
    case 'add_scopes':
      return `Add ${scopes(fix.scopes)}`;
    case 'set_scopes':
      return fix.scopes.length === 0 ? 'Send no scope' : `Use ${scopes(fix.scopes)}`;
    case 'set_client_authentication':
      return authenticationOf(fix).proves
        ? `Use ${fix.clientAuthentication}`
        : 'Send no secret (public client)';
    case 'set_basic_encoding':
      return fix.basicEncoding === 'raw'
        ? 'Send ID and secret as they are'
        : 'Send ID and secret form-encoded';
    case 'set_redirect_uri':
      return `Redirect to ${short(fix.redirectUri)}`;
    case 'set_issuer':
      return `Use issuer ${short(fix.issuer)}`;
    case 'use_endpoints':
      return `Use the endpoints of this document (${short(new URL(fix.tokenEndpoint).host)})`;
    case 'set_token_endpoint':
      return `Use token endpoint ${short(fix.tokenEndpoint)}`;
    case 'set_token_dialect':
      return `Use token dialect ${short(fix.tokenDialect)}`;
    case 'set_audience':
      return `Use audience ${short(fix.audience)}`;
    case 'set_resource':
      return fix.resource.length === 0
        ? 'Send no resource'
        : `Use resource ${short(fix.resource.join(', '))}`;
    case 'set_authorization_parameter':
    case 'set_token_parameter':
      return `Send ${short(fix.name)}=${short(fix.value)}`;
    case 'sign_in_with':
      return `${hostLabels.sign_in} with ${[
        ...Object.entries(fix.parameters).map(([name, value]) => short(`${name}=${value}`)),
        ...(fix.scopes.length > 0 ? [scopes(fix.scopes)] : []),
      ].join(', ')}`;
    case 'edit_profile':
      return `Edit ${fields[fix.field]}…`;
    default:
      return hostLabels[fix.kind];
  }
}

/** What a fix did, as a sentence. */
export function quickFixDone(fix: QuickFix): string {
  switch (fix.kind) {
    case 'trim_secret':
      return 'The secret was trimmed.';
    case 'enter_secret':
      return 'The secret was stored.';
    case 'trust_certificate':
      return 'The certificate is trusted for this profile.';
    case 'start_demo':
      return 'The demo server is running, and the profile uses it.';
    case 'remove_demo':
      return 'The demo profiles were removed.';
    default:
      return `${quickFixLabel(fix)}: the profile was changed.`;
  }
}

const hostLabels = {
  trim_secret: 'Trim the secret',
  enter_secret: 'Enter the secret…',
  ask_audience: 'Set the audience…',
  sign_in: 'Sign in again',
  get_token: 'Get a new token',
  run_again: 'Run again',
  start_demo: 'Start the demo server',
  remove_demo: 'Remove the demo profiles',
  trust_certificate: 'Look at the certificate…',
} as const;

const fields: Readonly<Record<ProfileField, string>> = {
  issuer: 'issuer',
  tokenEndpoint: 'token endpoint',
  authorizationEndpoint: 'authorization endpoint',
  deviceAuthorizationEndpoint: 'device authorization endpoint',
  authorizationDetails: 'authorization details',
  assertionClaims: 'claims of the assertion',
  bindingMessage: 'binding message',
  loginHint: 'login hint',
  backchannelAuthenticationEndpoint: 'backchannel authentication endpoint',
  pushedAuthorizationRequestEndpoint: 'pushed authorization request endpoint',
  jwksUri: 'key set address',
  clientId: 'client ID',
  grant: 'grant',
  scopes: 'scopes',
  redirectUri: 'redirect URI',
  audience: 'audience',
  resource: 'resource',
  clientAssertionAudience: 'audience of the assertion',
  keyId: 'key ID',
  dpop: 'DPoP',
};

function scopes(list: readonly string[]): string {
  const noun = list.length === 1 ? 'scope' : 'scopes';
  const shown = list
    .slice(0, 3)
    .map((scope) => short(scope))
    .join(', ');
  return `${noun} ${shown}${list.length > 3 ? ', …' : ''}`;
}

function short(text: string): string {
  return plainText(text, 60);
}
