import type { ClientAuthentication, ExtraParameters, Grant, Profile } from '../profile/profile.ts';

/** A name and value still being typed; names may be empty or occur twice. */
export interface DraftPair {
  readonly name: string;
  readonly value: string;
}

/** A profile still being typed: everything is text, and both grants' fields are kept while one is chosen. */
export interface ProfileDraft {
  /** Empty: made from the name. */
  readonly id: string;
  readonly name: string;
  /** Id of the catalogue entry; empty: none is named. */
  readonly provider: string;
  /** Answers to what the provider asks. */
  readonly answers: Readonly<Record<string, string>>;
  readonly grant: Grant;
  readonly issuer: string;
  /** `null`: as the server's metadata says. */
  readonly tokenEndpoint: string | null;
  /** `null`: as the server's metadata says. */
  readonly authorizationEndpoint: string | null;
  readonly clientId: string;
  readonly clientAuthentication: ClientAuthentication;
  readonly basicEncoding: 'form' | 'raw';
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly audience: string;
  readonly resource: readonly string[];
  readonly authorizationParameters: readonly DraftPair[];
  readonly tokenParameters: readonly DraftPair[];
  /** Empty: the provider's, else plain. */
  readonly tokenDialect: string;
  readonly trustedCertificate: string;
  readonly renew: boolean;
}

/** Where the browser comes back to unless said otherwise: any free port. @see RFC 8252 section 7.3 */
export const defaultRedirectUri = 'http://127.0.0.1/callback';

export const emptyDraft: ProfileDraft = {
  id: '',
  name: '',
  provider: '',
  answers: {},
  grant: 'client_credentials',
  issuer: '',
  tokenEndpoint: null,
  authorizationEndpoint: null,
  clientId: '',
  clientAuthentication: 'client_secret_basic',
  basicEncoding: 'form',
  scopes: [],
  redirectUri: defaultRedirectUri,
  audience: '',
  resource: [],
  authorizationParameters: [],
  tokenParameters: [],
  tokenDialect: '',
  trustedCertificate: '',
  renew: false,
};

/** The draft that an existing profile's form starts with. */
export function draftOf(profile: Profile): ProfileDraft {
  const interactive = profile.grant === 'authorization_code' ? profile : undefined;
  return {
    ...emptyDraft,
    id: profile.id,
    name: profile.name,
    provider: profile.provider ?? '',
    grant: profile.grant,
    issuer: profile.issuer ?? '',
    tokenEndpoint: profile.tokenEndpoint ?? null,
    authorizationEndpoint: interactive?.authorizationEndpoint ?? null,
    clientId: profile.clientId,
    clientAuthentication: profile.clientAuthentication,
    basicEncoding: profile.basicEncoding ?? 'form',
    scopes: profile.scopes,
    redirectUri: interactive?.redirectUri ?? defaultRedirectUri,
    audience: profile.audience ?? '',
    resource: profile.resource,
    authorizationParameters: pairsOf(interactive?.authorizationParameters ?? {}),
    tokenParameters: pairsOf(profile.tokenParameters),
    tokenDialect: profile.tokenDialect ?? '',
    trustedCertificate: profile.trustedCertificate ?? '',
    renew: profile.renew ?? false,
  };
}

/** Parameters as rows. */
export function pairsOf(parameters: ExtraParameters): DraftPair[] {
  return Object.entries(parameters).map(([name, value]) => ({ name, value }));
}

/**
 * The draft as it would stand in the settings: what is empty, default or of another grant is left out.
 *
 * @param id used when the draft has none of its own.
 */
export function inputOf(draft: ProfileDraft, id: string): Record<string, unknown> {
  const interactive = draft.grant === 'authorization_code';
  return {
    id: draft.id.trim() || id,
    ...text('name', draft.name),
    ...text('provider', draft.provider),
    grant: draft.grant,
    ...text('issuer', draft.issuer),
    ...text('tokenEndpoint', draft.tokenEndpoint ?? ''),
    ...(interactive && text('authorizationEndpoint', draft.authorizationEndpoint ?? '')),
    ...text('clientId', draft.clientId),
    clientAuthentication: draft.clientAuthentication,
    ...(draft.clientAuthentication === 'client_secret_basic' &&
      draft.basicEncoding === 'raw' && { basicEncoding: 'raw' }),
    ...list('scopes', draft.scopes),
    ...(interactive && text('redirectUri', draft.redirectUri)),
    ...text('audience', draft.audience),
    ...list('resource', draft.resource),
    ...(interactive && pairs('authorizationParameters', draft.authorizationParameters)),
    ...pairs('tokenParameters', draft.tokenParameters),
    ...text('tokenDialect', draft.tokenDialect),
    ...text('trustedCertificate', draft.trustedCertificate),
    ...(draft.renew && { renew: true }),
  };
}

/** Whether saving one would write the same as saving the other. */
export function sameDraft(one: ProfileDraft, other: ProfileDraft): boolean {
  return JSON.stringify(inputOf(one, '')) === JSON.stringify(inputOf(other, ''));
}

function text(name: string, value: string): Record<string, string> {
  return value.trim() === '' ? {} : { [name]: value.trim() };
}

function list(name: string, values: readonly string[]): Record<string, readonly string[]> {
  return values.length === 0 ? {} : { [name]: values };
}

function pairs(name: string, rows: readonly DraftPair[]): Record<string, ExtraParameters> {
  const named = rows.filter((row) => row.name.trim() !== '');
  if (named.length === 0) return {};
  return { [name]: Object.fromEntries(named.map((row) => [row.name.trim(), row.value])) };
}
