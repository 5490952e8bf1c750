import { grantDefaults, type ProfileDefaults } from '../diagnose/profileDefaults.ts';
import type { Provider } from '../diagnose/provider.ts';
import { recogniseProvider } from '../diagnose/recognise.ts';
import type { ProfileLists } from '../profile/fields/field.ts';
import { authenticationNamed, grantNamed } from '../productLists.ts';
import type { Grant } from '../profile/profile.ts';
import { answersOf, hasAddresses, knownDefaults, type Answers } from './answers.ts';
import { emptyDraft, entryDraft, newDraft, type ProfileDraft } from './draft.ts';

/** A new draft for `provider`; what the user already entered of name, id, client ID and grant stays. */
export function startFrom(provider: Provider, before: ProfileDraft, lists: ProfileLists): ProfileDraft {
  const offered = lists.grants.map(({ id }) => id).filter((id) => provider.grants[id] !== undefined);
  const grant = offered.includes(before.grant) ? before.grant : (offered[0] ?? before.grant);
  const { id, name, clientId, renew } = before;
  const draft = { ...newDraft(lists), id, name, clientId, renew, grant, provider: nameOf(provider) };
  return { ...draft, ...partOf(knownDefaults(provider, grant, {}), lists) };
}

/** The same draft under another provider, when its addresses are such as that provider has; `byHand` when no answers make them. */
export function keptFor(
  provider: Provider,
  draft: ProfileDraft,
  lists: ProfileLists,
): { readonly draft: ProfileDraft; readonly byHand: boolean } | undefined {
  if (grantDefaults(provider, draft.grant) === undefined || (draft.issuer === '' && !draft.tokenEndpoint))
    return undefined;
  const named = { ...draft, provider: nameOf(provider) };
  const answers = answersOf(provider, draft, lists);
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
export function withGrant(
  provider: Provider,
  draft: ProfileDraft,
  grant: Grant,
  lists: ProfileLists,
): ProfileDraft {
  const followed = follow(provider, draft, { ...draft, grant }, lists);
  const { provesItself, defaultAuthentication } = grantNamed(grant, lists);
  // Only a client that proves itself gets a token for itself. @see RFC 6749 section 4.4
  const mustProve = provesItself && !authenticationNamed(followed.clientAuthentication, lists).proves;
  return mustProve ? { ...followed, clientAuthentication: defaultAuthentication } : followed;
}

/** The draft with other answers; what still follows from the answers before follows again. */
export function withAnswers(
  provider: Provider,
  draft: ProfileDraft,
  answers: Answers,
  lists: ProfileLists,
): ProfileDraft {
  return follow(provider, draft, { ...draft, answers }, lists);
}

/** Every field that is as the provider had it `before` becomes as it has it now; what the user changed stays. */
function follow(
  provider: Provider,
  before: ProfileDraft,
  now: ProfileDraft,
  lists: ProfileLists,
): ProfileDraft {
  const had = partOf(knownDefaults(provider, before.grant, before.answers), lists);
  const has = partOf(knownDefaults(provider, now.grant, now.answers), lists);
  const untouched = Object.entries(has).filter(
    ([name]) =>
      JSON.stringify(before[name as keyof ProfileDraft]) ===
      JSON.stringify(had[name as (typeof parts)[number]]),
  );
  return { ...now, ...Object.fromEntries(untouched) };
}

/** What a provider may say of a draft. */
const parts = [
  'issuer',
  'tokenEndpoint',
  'authorizationEndpoint',
  'clientAuthentication',
  'scopes',
  'redirectUri',
  'audience',
  'authorizationParameters',
  'tokenParameters',
  'assertionClaims',
] as const;

/** A draft's parts as the provider has them; where it says nothing, as in a new draft. */
function partOf(
  defaults: ProfileDefaults | undefined,
  lists: ProfileLists,
): Pick<ProfileDraft, (typeof parts)[number]> {
  const said = entryDraft({ ...defaults }, lists);
  const given = parts.filter((name) => defaults?.[name] !== undefined);
  return {
    ...emptyParts,
    ...(Object.fromEntries(given.map((name) => [name, said[name]])) as Partial<typeof emptyParts>),
  };
}

const emptyParts = Object.fromEntries(parts.map((name) => [name, emptyDraft[name]])) as Pick<
  ProfileDraft,
  (typeof parts)[number]
>;
