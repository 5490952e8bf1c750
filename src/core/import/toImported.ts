import type { ClientAuthentication, ExtraParameters, Grant } from '../profile/profile.ts';
import { looksSecret } from '../profile/profileFields.ts';
import { splitResources, splitScopes } from '../profileForm/splitValues.ts';
import type { PartName } from './fields.ts';
import type { ImportedProfile } from './imported.ts';

/** The parts of one profile as another tool has them. */
export interface Parts extends Partial<Readonly<Record<PartName, string>>> {
  readonly authorizationParameters?: ExtraParameters;
  readonly tokenParameters?: ExtraParameters;
  readonly tokenDialect?: string;
  readonly basicEncoding?: 'raw';
}

/**
 * A settings entry out of another tool's parts.
 *
 * @returns a sentence instead when the tool uses a grant that is not supported here.
 */
export function toImported(parts: Parts, fallbackName: string): ImportedProfile | string {
  const written = parts.name?.trim() ?? '';
  const name = written === '' ? fallbackName : written;
  const grant = grantOf(parts);
  if (grant === undefined)
    return `“${name}” uses the grant “${(parts.grant ?? '').slice(0, 60)}”, which is not supported. Choose client credentials or authorization code there.`;
  const notes: string[] = [];
  const secret = parts.clientSecret?.trim() ?? '';
  if (secret.includes('{{')) notes.push('The client secret is a variable that is not defined here.');
  const interactive = grant === 'authorization_code';
  const entry = {
    name: name.slice(0, 100),
    grant,
    ...given('issuer', issuerOf(parts.issuer)),
    ...given('tokenEndpoint', parts.tokenEndpoint),
    ...(interactive && given('authorizationEndpoint', parts.authorizationEndpoint)),
    ...given('clientId', parts.clientId),
    clientAuthentication: authenticationOf(parts, grant, secret),
    ...given('basicEncoding', parts.basicEncoding),
    ...listed('scopes', splitScopes(parts.scope ?? '')),
    ...(interactive && given('redirectUri', redirectUriOf(parts.redirectUri, notes))),
    ...given('audience', parts.audience),
    ...listed('resource', splitResources(parts.resource ?? '')),
    ...(interactive && parameters('authorizationParameters', parts.authorizationParameters, notes)),
    ...parameters('tokenParameters', parts.tokenParameters, notes),
    ...given('tokenDialect', parts.tokenDialect),
  };
  return { entry, notes, ...(secret !== '' && !secret.includes('{{') && { secret }) };
}

function grantOf(parts: Parts): Grant | undefined {
  const written = (parts.grant ?? '').toLowerCase().replace(/[^a-z]/g, '');
  if (written === '')
    return parts.authorizationEndpoint || parts.redirectUri ? 'authorization_code' : 'client_credentials';
  if (written.startsWith('clientcredential')) return 'client_credentials';
  return /^(authorizationcode|code|pkce)/.test(written) ? 'authorization_code' : undefined;
}

function authenticationOf(parts: Parts, grant: Grant, secret: string): ClientAuthentication {
  const written = (parts.clientAuthentication ?? '').toLowerCase().replace(/[^a-z]/g, '');
  if (/body|post/.test(written)) return 'client_secret_post';
  if (/basic|header/.test(written)) return 'client_secret_basic';
  if (grant === 'authorization_code' && (written === 'none' || secret === '')) return 'none';
  return 'client_secret_basic';
}

/** The issuer that a discovery document's address stands for. @see RFC 8414 section 3.1 */
export function issuerOf(address: string | undefined): string | undefined {
  const trimmed = address?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  return trimmed
    .replace(/\/\.well-known\/openid-configuration\/?(\?.*)?$/, '')
    .replace(/\/\.well-known\/oauth-authorization-server(\/[^?#]*)?(\?.*)?$/, '$1');
}

/** Redirects of web tools come back to a web page of theirs; ours to this machine. */
function redirectUriOf(uri: string | undefined, notes: string[]): string | undefined {
  if (uri === undefined || uri === '' || uri.includes('{{')) return undefined;
  if (/^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?=[:/?]|$)/.test(uri)) return uri;
  notes.push(
    `The redirect URI ${uri.slice(0, 100)} cannot be received here; register http://127.0.0.1/callback too.`,
  );
  return undefined;
}

function parameters(name: string, values: ExtraParameters | undefined, notes: string[]) {
  const kept = Object.entries(values ?? {}).filter(([key]) => {
    if (!looksSecret(key)) return true;
    notes.push(`The parameter “${key.slice(0, 60)}” would put a secret into the settings and was left out.`);
    return false;
  });
  return kept.length === 0 ? {} : { [name]: Object.fromEntries(kept) };
}

function given(name: string, value: string | undefined): Record<string, string> {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? {} : { [name]: trimmed };
}

function listed(name: string, values: readonly string[]): Record<string, readonly string[]> {
  return values.length === 0 ? {} : { [name]: values };
}
