import { issuerOfDocument } from '../profile/issuerOfDocument.ts';
import type { ClientAuthentication, ExtraParameters, Grant } from '../profile/profile.ts';
import { splitResources, splitScopes } from '../profile/fields/access.ts';
import { tokenHeader as fieldHeader, tokenPrefix as fieldPrefix } from '../profile/fields/sending.ts';
import { takesField } from '../profile/fields/field.ts';
import { ownParameters } from '../profile/fields/readField.ts';
import { authenticationNamed, grantNamed, productLists } from '../productLists.ts';
import { isSecretName } from '../secretNames.ts';
import { isSecureLoopback, loopbackRedirectPattern } from '../profile/urls.ts';
import { readAuthentication } from './authenticationName.ts';
import { serverInCognito } from './cognito.ts';
import { serverInEntra } from './entra.ts';
import type { PartName } from './fields.ts';
import { readGrant } from './grantName.ts';
import type { Found } from './imported.ts';
import { placeholderIn } from './placeholder.ts';

/** The parts of one profile as another tool has them. */
export interface Parts extends Partial<Readonly<Record<PartName, string>>> {
  readonly authorizationParameters?: ExtraParameters;
  readonly tokenParameters?: ExtraParameters;
  readonly tokenDialect?: string;
  readonly basicEncoding?: 'raw';
  /** The redirect URIs are those that the server has registered: another one is refused. */
  readonly registered?: boolean;
  readonly notes?: readonly string[];
  readonly problems?: readonly string[];
}

/** What is said of a profile while it is made. */
interface Words {
  readonly notes: string[];
  readonly problems: string[];
}

/**
 * A settings entry out of another tool's parts.
 *
 * @returns a sentence instead when the tool uses a grant that is not supported here.
 */
export function toImported(written: Parts, fallbackName: string): Found {
  const known = serverInEntra(written) ?? serverInCognito(written);
  const parts = { ...inRealm(written), ...(known && { issuer: known.issuer ?? '' }), ...known };
  const named = parts.name?.trim() ?? '';
  const name = named === '' ? fallbackName : named;
  const read = readGrant(parts.grant ?? '', isInteractive(written, known !== undefined));
  if ('refused' in read) return `“${name.slice(0, 100)}” ${read.refused}`;
  const { grant } = read;
  const words: Words = { notes: [...(parts.notes ?? [])], problems: [...(parts.problems ?? [])] };
  const method = readAuthentication(parts.clientAuthentication ?? '');
  if (method && 'refused' in method) words.problems.push(method.refused);
  const taken = productLists.fields.filter((field) => takesField(grantNamed(grant), field));
  const takes = (name: string) => taken.some((field) => field.name === name);
  const text = (field: string, value: string | undefined) =>
    takes(field) ? given(field, filled(field, value, words)) : {};
  const entry = {
    name: name.slice(0, 100),
    grant,
    ...text('issuer', issuerOf(parts.issuer)),
    ...text('tokenEndpoint', parts.tokenEndpoint),
    ...text('authorizationEndpoint', parts.authorizationEndpoint),
    // As soon as profiles have a field for one. @see RFC 8628 section 3.1
    ...text('deviceAuthorizationEndpoint', parts.deviceAuthorizationEndpoint),
    ...text('clientId', parts.clientId),
    clientAuthentication: authenticationOf(
      method && 'method' in method ? method.method : undefined,
      grant,
      parts,
    ),
    ...given('basicEncoding', parts.basicEncoding ?? ''),
    ...listed('scopes', splitScopes(filled('scopes', parts.scope, words))),
    ...(takes('redirectUri') && redirectUri(parts, words)),
    ...text('audience', parts.audience),
    ...listed('resource', splitResources(filled('resource', parts.resource, words))),
    ...(takes('authorizationParameters')
      ? parameters('authorizationParameters', parts.authorizationParameters, words)
      : notSent(parts, words)),
    ...parameters('tokenParameters', parts.tokenParameters, words),
    ...given('tokenDialect', parts.tokenDialect ?? ''),
    ...tokenPrefix(parts, words),
    ...tokenHeader(parts, words),
    ...(/^(?:id_?token|true)$/i.test(parts.sentToken ?? '') && { sentToken: 'id_token' }),
  };
  const secret = method && 'refused' in method ? '' : secretFor(method?.method, parts, words);
  const { notes, problems } = words;
  return {
    ...{ entry, notes },
    ...(problems.length > 0 && { problems }),
    ...(secret !== '' && { secret }),
    ...(secret !== '' && method === undefined && { assumesAuthentication: true as const }),
  };
}

/** The issuer of one of Keycloak's realms, where server and realm are named apart. */
function inRealm(parts: Parts): Parts {
  const { issuer, realm } = parts;
  if (issuer === undefined || realm === undefined || issuer.includes('/realms/')) return parts;
  return { ...parts, issuer: `${issuer.trim().replace(/\/{1,9}$/, '')}/realms/${realm.trim()}` };
}

/** Whether a user signs in, where no grant is named. */
function isInteractive(
  { authorizationEndpoint, redirectUri, responseType = '', clientSecret, scope = '', issuer = '' }: Parts,
  hasUsers: boolean,
): boolean {
  // Only for a user there is an ID token. @see OpenID Connect Core, section 3.1.2.1
  return (
    /(?:^|[\s,])openid(?:$|[\s,])/.test(scope) ||
    Boolean(authorizationEndpoint ?? redirectUri) ||
    // Codes are for browsers. @see RFC 6749 section 3.1.1
    /\bcode\b/i.test(responseType) ||
    (hasUsers && clientSecret === undefined) ||
    // Google has no client credentials.
    /^https:\/\/accounts\.google\.com(?:\/|$)/.test(issuer)
  );
}

/** What readers put where a name has several values. */
const manyValues = /^\$\{one of (\d+) values\}$/;

/** A secret within another value, such as an address; it would go into the settings. A password that is not encoded ends a host to programs. */
export const holdsSecret =
  /(?:client|app)_?secret["']?[ \t]{0,9}[=:]|^https?:\/\/[^@?\s:[]{0,2000}:(?!\d{1,5}(?:[/?#]|$))[^@]{0,2000}@/i;

/** Words that are not values of a client, though they may be one of something else. */
const ofClient: Readonly<Record<string, RegExp>> = {
  clientId: /^(?:xx?|secret)$/i,
  'client secret': /^xx?$/i,
};

/** A value without outer blanks; empty when there is none or only a placeholder, which is then said. */
function filled(field: string, value: string | undefined, { problems }: Words): string {
  const trimmed = value?.trim() ?? '';
  const placeholder =
    ofClient[field]?.exec(trimmed)?.[0] ?? (trimmed === '' ? undefined : placeholderIn(trimmed));
  if (placeholder === undefined && field !== 'client secret' && holdsSecret.test(trimmed)) {
    problems.push(`${field} was not taken: a secret stands in it. Fill in its value without that.`);
    return '';
  }
  if (placeholder === undefined) return trimmed;
  const [, count] = manyValues.exec(trimmed) ?? [];
  problems.push(
    count === undefined
      ? `${field} holds the placeholder ${placeholder.slice(0, 80)}. Fill in its value.`
      : `There are ${count} values for ${field}. None was taken: fill in the right one.`,
  );
  return '';
}

/** The secret, unless the client proves itself with a key or a certificate, and it is none. */
function secretFor(
  method: ClientAuthentication | undefined,
  { clientSecret, clientId, tokenEndpoint, issuer }: Parts,
  words: Words,
): string {
  const secret = filled('client secret', clientSecret, words);
  const isAnybodys = [clientId, tokenEndpoint, issuer].some((one = '') => manyValues.test(one));
  if (secret !== '' && isAnybodys) {
    words.problems.push('The secret was not taken either: whose it is cannot be known.');
    return '';
  }
  // As servers keep it: Authelia, htpasswd. @see https://passlib.readthedocs.io/en/stable/modular_crypt_format.html
  if (/^\$(?:pbkdf2|argon2|scrypt|2[abxy]|[156])[\w-]*\$./.test(secret)) {
    words.problems.push('Only a hash of the client secret is here. Fill in the secret itself.');
    return '';
  }
  const { proves, usesSecret } = authenticationNamed(method ?? 'client_secret_basic');
  if (secret === '' || !proves || usesSecret || /PRIVATE KEY|"kty"|^MII/.test(secret)) return secret;
  words.notes.push('The client secret was left out: the client proves itself with a key. Add that here.');
  return '';
}

/** The word before the token in its header, where it is not the usual one. */
function tokenPrefix(
  { tokenPrefix: written, tokenPlace = '' }: Parts,
  { notes }: Words,
): Record<string, string> {
  if (/url|query/i.test(tokenPlace))
    notes.push('The token is sent in the address there; here it is sent in a header.');
  const word = written?.trim() ?? '';
  if (word === '' || /^bearer$/i.test(word)) return {};
  if (fieldPrefix.pattern.test(word) && word.length <= fieldPrefix.longest) return { tokenPrefix: word };
  notes.push(`The token’s prefix “${word.slice(0, 60)}” cannot be sent here; it was left out.`);
  return {};
}

/** The header the token is sent in, where it is not the usual one. */
function tokenHeader({ tokenHeader: written = '' }: Parts, { notes }: Words): Record<string, string> {
  const name = written.trim();
  if (name === '' || /^authorization$/i.test(name)) return {};
  if (fieldHeader.pattern.test(name) && name.length <= fieldHeader.longest) return { tokenHeader: name };
  notes.push(`The token’s header “${name.slice(0, 60)}” cannot be used here; it was left out.`);
  return {};
}

/** What is written, else what a client with or without a secret does. */
function authenticationOf(
  written: ClientAuthentication | undefined,
  grant: Grant,
  { clientSecret = '' }: Parts,
): ClientAuthentication {
  const { provesItself, defaultAuthentication } = grantNamed(grant);
  if (written !== undefined && !(provesItself && !authenticationNamed(written).proves)) return written;
  return provesItself || clientSecret.trim() === '' ? defaultAuthentication : 'client_secret_basic';
}

/** The issuer that an address stands for, be it that of a discovery document. */
export function issuerOf(address: string | undefined): string | undefined {
  const trimmed = address?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  return issuerOfDocument(trimmed) ?? trimmed;
}

/** Redirects of web tools come back to a web page of theirs; ours to this machine. */
function redirectUri(
  { redirectUri: written = '', registered = false }: Parts,
  words: Words,
): Record<string, string> {
  const uris = splitResources(holdsSecret.test(written) ? filled('redirectUri', written, words) : written);
  const { notes } = words;
  const received = uris.find((uri) => loopbackRedirectPattern.test(uri)) ?? uris.find(isSecureLoopback);
  if (received !== undefined) {
    if (uris.length > 1)
      notes.push(`Of ${uris.length} redirect URIs, ${received} is used: it leads to this machine.`);
    return { redirectUri: received };
  }
  const [uri] = uris;
  if (uri === undefined) return {};
  const placeholder = placeholderIn(uri);
  if (placeholder !== undefined) {
    notes.push(
      `The redirect URI holds the placeholder ${placeholder.slice(0, 80)}; http://127.0.0.1/callback is used: register it too.`,
    );
    return {};
  }
  // The server refuses every other: saved without it, the sign-in would be certain to fail.
  if (registered) {
    const others = uris.slice(1, 6).map((one) => one.slice(0, 100));
    if (others.length > 0) notes.push(`${uri.slice(0, 100)} is used; registered, too: ${others.join(', ')}.`);
    return { redirectUri: uri };
  }
  notes.push(
    `The redirect URI ${uri.slice(0, 100)} belongs to another application; register http://127.0.0.1/callback too.`,
  );
  return {};
}

/** Of a grant without an authorization request. */
function notSent(
  { authorizationParameters = {}, tokenParameters = {} }: Parts,
  { notes }: Words,
): Record<string, never> {
  const names = Object.keys(authorizationParameters)
    .filter((name) => !(name in tokenParameters))
    .map((name) => `“${name.slice(0, 60)}”`);
  if (names.length > 0)
    notes.push(`Not taken over, as no authorization request is made: ${names.join(', ')}.`);
  return {};
}

function parameters(field: string, values: ExtraParameters | undefined, words: Words) {
  const kept = Object.entries(values ?? {}).filter(([key, value]) => {
    if (isSecretName(key)) {
      words.notes.push(
        `The parameter “${key.slice(0, 60)}” would put a secret into the settings and was left out.`,
      );
      return false;
    }
    if (ownParameters.has(key)) {
      words.notes.push(`The parameter “${key.slice(0, 60)}” is made by the flow itself and was left out.`);
      return false;
    }
    return filled(`${field}.${key.slice(0, 60)}`, value, words) !== '' || value === '';
  });
  return kept.length === 0 ? {} : { [field]: Object.fromEntries(kept) };
}

function given(name: string, value: string): Record<string, string> {
  return value === '' ? {} : { [name]: value };
}

function listed(name: string, values: readonly string[]): Record<string, readonly string[]> {
  return values.length === 0 ? {} : { [name]: values };
}
