import { signInFields } from '../profile/fields/signIn.ts';
import { parseProfile } from '../profile/parseProfile.ts';
import {
  hasRedirect,
  type AuthorizationCodeProfile,
  type ClientAuthentication,
  type Profile,
} from '../profile/profile.ts';
import { fieldOfMember } from '../profile/fieldOfMember.ts';
import { serializeProfile } from '../profile/serializeProfile.ts';

/** A change that is ours to make: to the profile, its secret, or by signing in again. */
export type QuickFix =
  | { readonly kind: 'remove_scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'add_scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'set_scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'set_client_authentication'; readonly clientAuthentication: ClientAuthentication }
  | { readonly kind: 'set_basic_encoding'; readonly basicEncoding: 'form' | 'raw' }
  | { readonly kind: 'set_redirect_uri'; readonly redirectUri: string }
  | { readonly kind: 'set_issuer'; readonly issuer: string }
  /** Types the endpoints of a document that is another issuer's; there is no issuer then. */
  | {
      readonly kind: 'use_endpoints';
      readonly tokenEndpoint: string;
      readonly authorizationEndpoint?: string;
      readonly deviceAuthorizationEndpoint?: string;
      readonly jwksUri?: string;
    }
  | { readonly kind: 'set_token_endpoint'; readonly tokenEndpoint: string }
  | { readonly kind: 'set_token_dialect'; readonly tokenDialect: string }
  | { readonly kind: 'set_audience'; readonly audience: string }
  | { readonly kind: 'set_resource'; readonly resource: readonly string[] }
  | { readonly kind: 'set_authorization_parameter'; readonly name: string; readonly value: string }
  | { readonly kind: 'set_token_parameter'; readonly name: string; readonly value: string }
  /** Signs in for more than the profile asked for so far; what was saved for it goes when no token comes. */
  | ({ readonly kind: 'sign_in_with' } & SignInWith)
  | HostFix;

interface SignInWith {
  /** Parameters of the authorization request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Added to those of the profile. */
  readonly scopes: readonly string[];
}

/** A fix that needs the host: the vault, the user or the browser. */
export type HostFix =
  | { readonly kind: 'trim_secret' }
  | { readonly kind: 'enter_secret' }
  /** Asks for the audience, then sets it. */
  | { readonly kind: 'ask_audience' }
  | { readonly kind: 'sign_in' }
  | { readonly kind: 'get_token' }
  | { readonly kind: 'run_again' }
  /** Starts a demo server, to which the profile of one that is gone is led. */
  | { readonly kind: 'start_demo' }
  /** Removes the profiles of demo servers that are gone. */
  | { readonly kind: 'remove_demo' }
  /** Shows the certificate of `url` and trusts its fingerprint if the user says so. */
  | { readonly kind: 'trust_certificate'; readonly url: string }
  /** Opens the profile editor at a field. */
  | { readonly kind: 'edit_profile'; readonly field: ProfileField };

/** A field of the profile editor that a fix can lead to. */
export type ProfileField =
  | 'clientAssertionAudience'
  | 'keyId'
  | 'issuer'
  | 'tokenEndpoint'
  | 'authorizationEndpoint'
  | 'deviceAuthorizationEndpoint'
  | 'backchannelAuthenticationEndpoint'
  | 'pushedAuthorizationRequestEndpoint'
  | 'jwksUri'
  | 'clientId'
  | 'grant'
  | 'scopes'
  | 'redirectUri'
  | 'audience'
  | 'resource'
  | 'authorizationDetails'
  | 'assertionClaims'
  | 'bindingMessage'
  | 'loginHint'
  | 'dpop';

/** Opens the profile at the field that stands in for a member of the metadata; nothing where none does. */
export function editMember(member: string): readonly QuickFix[] {
  const field = fieldOfMember(member);
  return field === undefined ? [] : [{ kind: 'edit_profile', field }];
}

/** What applying a fix comes to: a changed profile to save, or something for the host to do. */
export type AppliedFix =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'host'; readonly fix: HostFix };

/** Applies `fix` to `profile` (never changed in place); what needs the vault, the user or the browser is handed back. */
export function applyQuickFix(profile: Profile, fix: QuickFix): AppliedFix {
  switch (fix.kind) {
    case 'remove_scopes':
      return changed(profile, { scopes: profile.scopes.filter((scope) => !fix.scopes.includes(scope)) });
    case 'add_scopes':
      return changed(profile, { scopes: [...new Set([...profile.scopes, ...fix.scopes])] });
    case 'use_endpoints': {
      const { issuer: _, ...others } = profile;
      return changed(others, membersOf(fix));
    }
    case 'set_scopes':
    case 'set_client_authentication':
    case 'set_basic_encoding':
    case 'set_issuer':
    case 'set_token_endpoint':
    case 'set_token_dialect':
    case 'set_audience':
    case 'set_resource':
      return changed(profile, membersOf(fix));
    case 'set_token_parameter':
      return changed(profile, { tokenParameters: { ...profile.tokenParameters, [fix.name]: fix.value } });
    case 'set_redirect_uri':
    case 'set_authorization_parameter':
    case 'sign_in_with':
      return hasRedirect(profile)
        ? { kind: 'profile', profile: withUserPart(profile, fix) }
        : { kind: 'profile', profile };
    default:
      return { kind: 'host', fix };
  }
}

/** What a fix sets, by the names of the fields. */
function membersOf<Fix extends QuickFix>({ kind: _, ...members }: Fix): Omit<Fix, 'kind'> {
  return members;
}

type UserFix = Extract<
  QuickFix,
  { readonly kind: 'set_redirect_uri' | 'set_authorization_parameter' | 'sign_in_with' }
>;

function withUserPart(profile: AuthorizationCodeProfile, fix: UserFix): Profile {
  if (fix.kind === 'set_redirect_uri') return { ...profile, redirectUri: fix.redirectUri };
  if (fix.kind === 'set_authorization_parameter') return withParameter(profile, fix.name, fix.value);
  const scopes = [...new Set([...profile.scopes, ...fix.scopes])];
  return Object.entries(fix.parameters).reduce<AuthorizationCodeProfile>(
    (changed, [name, value]) => withParameter(changed, name, value),
    { ...profile, scopes },
  );
}

/** Where there is a field for it, the field is what is sent. */
function withParameter(
  profile: AuthorizationCodeProfile,
  name: string,
  value: string,
): AuthorizationCodeProfile {
  const { [name]: _before, ...others } = profile.authorizationParameters;
  const field = signInFields.find(([parameter]) => parameter === name)?.[1];
  if (field === undefined) return { ...profile, authorizationParameters: { ...others, [name]: value } };
  const own = { [field]: field === 'maxAge' ? Number(value) : value };
  return { ...profile, authorizationParameters: others, ...own };
}

function changed(profile: Profile, change: Partial<Profile>): AppliedFix {
  return { kind: 'profile', profile: { ...profile, ...change } };
}

/** Whether `fix` would change anything for `profile`, and leave it one that can be saved; fixes of the host always would. */
export function isUseful(profile: Profile, fix: QuickFix): boolean {
  const applied = applyQuickFix(profile, fix);
  if (applied.kind === 'host') return true;
  if (JSON.stringify(applied.profile) === JSON.stringify(profile)) return false;
  return isValid(applied.profile) || !isValid(profile);
}

function isValid(profile: Profile): boolean {
  return 'profile' in parseProfile(serializeProfile(profile));
}
