import type { ListItem, Suggestion } from '../../shared/views/profileForm.ts';
import { grantDefaults } from '../diagnose/profileDefaults.ts';
import type { Provider } from '../diagnose/provider.ts';
import type { FormProblems } from './problems.ts';
import { factsOf } from './serverTexts.ts';
import type { ProfileFormState } from './state.ts';
import { shorten } from './texts.ts';

/** Most scopes suggested; a server may list thousands. */
const mostSuggestions = 300;

/** @see OpenID Connect Core 1.0 sections 5.4 and 11 */
const commonScopes: Readonly<Record<string, string>> = {
  openid: 'Who signed in: an id token comes with it',
  profile: 'Name, picture and the like in the id token',
  email: 'E-mail address in the id token',
  address: 'Postal address in the id token',
  phone: 'Phone number in the id token',
  offline_access: 'A refresh token, to stay signed in',
};

/** The items of a list with what is wrong with them, or worth a second look. */
export function listItems(
  field: string,
  values: readonly string[],
  state: ProfileFormState,
  { items }: FormProblems,
): readonly ListItem[] {
  return values.map((value, index) => {
    const problem = items.get(`${field}/${index}`);
    if (problem !== undefined) return { value, problem };
    const warning = field === 'scopes' ? scopeWarning(state, value) : undefined;
    return warning === undefined ? { value } : { value, warning };
  });
}

/** What could be added to a list; only of scopes something is known. */
export function suggestionsFor(field: string, state: ProfileFormState): readonly Suggestion[] {
  return field === 'scopes' ? suggestions(state) : [];
}

function scopeWarning(state: ProfileFormState, scope: string): string | undefined {
  const { provider, draft } = state;
  const never = provider?.scopes?.notGranted?.find(
    ({ scopes, grants }) => scopes.includes(scope) && grants.includes(draft.grant),
  );
  if (never) return never.why;
  const announced = factsOf(state)?.scopes;
  return announced === undefined || announced.includes(scope)
    ? undefined
    : 'Not among the scopes the server’s metadata lists; it may still grant it.';
}

function suggestions(state: ProfileFormState): readonly Suggestion[] {
  const { provider, draft } = state;
  const meanings = provider?.scopes?.meanings ?? {};
  const known = [
    ...((provider && grantDefaults(provider, draft.grant))?.scopes.filter((scope) => !scope.includes('{')) ??
      []),
    ...(factsOf(state)?.scopes ?? []),
    ...Object.keys(meanings),
  ];
  const chosen = new Set(draft.scopes);
  const possible = [...new Set(known)].filter(
    (scope) => !chosen.has(scope) && !neverGranted(provider, scope, state),
  );
  return possible.slice(0, mostSuggestions).map((scope) => {
    const value = shorten(scope, 300);
    const description = meanings[scope] ?? commonScopes[scope];
    return description === undefined ? { value } : { value, description };
  });
}

function neverGranted(provider: Provider | null, scope: string, { draft }: ProfileFormState): boolean {
  return (
    provider?.scopes?.notGranted?.some(
      ({ scopes, grants }) => scopes.includes(scope) && grants.includes(draft.grant),
    ) ?? false
  );
}
