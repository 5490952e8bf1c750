import type { ProfileDefaults } from '../diagnose/profileDefaults.ts';
import type { Provider } from '../diagnose/provider.ts';
import { recogniseProvider } from '../diagnose/recognise.ts';
import { grants, type Grant } from '../profile/profile.ts';
import { addressesIn, answersOf, hasAddresses, knownDefaults, type Answers } from './answers.ts';
import { defaultRedirectUri, emptyDraft, pairsOf, type ProfileDraft } from './draft.ts';

/** A new draft for `provider`; what the user already entered of name, id, client id and grant stays. */
export function startFrom(provider: Provider, before: ProfileDraft): ProfileDraft {
  const offered = grants.filter((grant) => provider.grants[grant] !== undefined);
  const grant = offered.includes(before.grant) ? before.grant : (offered[0] ?? before.grant);
  const { id, name, clientId, renew } = before;
  const draft = { ...emptyDraft, id, name, clientId, renew, grant, provider: nameOf(provider) };
  return { ...draft, ...partOf(knownDefaults(provider, grant, {})) };
}

/** The same draft under another provider, when its addresses are such as that provider has; `byHand` when no answers make them. */
export function keptFor(
  provider: Provider,
  draft: ProfileDraft,
): { readonly draft: ProfileDraft; readonly byHand: boolean } | undefined {
  if (provider.grants[draft.grant] === undefined || (draft.issuer === '' && !draft.tokenEndpoint))
    return undefined;
  const named = { ...draft, provider: nameOf(provider) };
  const answers = answersOf(provider, draft.grant, addressesIn(draft));
  if (answers !== undefined && hasAddresses(provider)) return { draft: { ...named, answers }, byHand: false };
  const { issuer, tokenEndpoint } = draft;
  const addresses = { ...(issuer !== '' && { issuer }), ...(tokenEndpoint && { tokenEndpoint }) };
  const fits = answers !== undefined || recogniseProvider([provider], addresses).how === 'recognised';
  return fits ? { draft: named, byHand: true } : undefined;
}

/** What profiles hold in `provider`: nothing for the generic one, so that theirs can still be recognised. */
function nameOf(provider: Provider): string {
  return provider.id === 'generic' ? '' : provider.id;
}

/** The draft with another grant; what is still as the provider had it for the first follows. */
export function withGrant(provider: Provider, draft: ProfileDraft, grant: Grant): ProfileDraft {
  const followed = follow(provider, draft, { ...draft, grant });
  // Only a client that proves itself gets a token for itself. @see RFC 6749 section 4.4
  return grant === 'client_credentials' && followed.clientAuthentication === 'none'
    ? { ...followed, clientAuthentication: 'client_secret_basic' }
    : followed;
}

/** The draft with other answers; what still follows from the answers before follows again. */
export function withAnswers(provider: Provider, draft: ProfileDraft, answers: Answers): ProfileDraft {
  return follow(provider, draft, { ...draft, answers });
}

/** Every field that is as the provider had it `before` becomes as it has it now; what the user changed stays. */
function follow(provider: Provider, before: ProfileDraft, now: ProfileDraft): ProfileDraft {
  const had = partOf(knownDefaults(provider, before.grant, before.answers));
  const has = partOf(knownDefaults(provider, now.grant, now.answers));
  const untouched = Object.entries(has).filter(
    ([name]) => JSON.stringify(before[name as keyof ProfileDraft]) === JSON.stringify(had[name as Part]),
  );
  return { ...now, ...Object.fromEntries(untouched) };
}

type Part =
  | 'issuer'
  | 'tokenEndpoint'
  | 'authorizationEndpoint'
  | 'clientAuthentication'
  | 'scopes'
  | 'redirectUri'
  | 'audience'
  | 'authorizationParameters'
  | 'tokenParameters';

function partOf(defaults: ProfileDefaults | undefined): Pick<ProfileDraft, Part> {
  return {
    issuer: defaults?.issuer ?? '',
    tokenEndpoint: defaults?.tokenEndpoint ?? null,
    authorizationEndpoint: defaults?.authorizationEndpoint ?? null,
    clientAuthentication: defaults?.clientAuthentication ?? emptyDraft.clientAuthentication,
    scopes: defaults?.scopes ?? [],
    redirectUri: defaults?.redirectUri ?? defaultRedirectUri,
    audience: defaults?.audience ?? '',
    authorizationParameters: pairsOf(defaults?.authorizationParameters ?? {}),
    tokenParameters: pairsOf(defaults?.tokenParameters ?? {}),
  };
}
