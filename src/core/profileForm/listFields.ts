import type {
  ListField,
  ListItem,
  PairsField,
  PairsFieldName,
  Suggestion,
} from '../../shared/views/profileForm.ts';
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

export function scopesField(state: ProfileFormState, { fields, items }: FormProblems): ListField {
  const { draft } = state;
  const problem = fields.get('scopes');
  return {
    items: draft.scopes.map((scope, index) => scopeItem(state, scope, items.get(`scopes/${index}`))),
    suggestions: suggestions(state),
    note:
      draft.scopes.length === 0
        ? 'Nothing is asked for: the server decides what it grants.'
        : 'Sent in this order, separated by blanks.',
    ...(problem !== undefined && { problem }),
  };
}

function scopeItem(state: ProfileFormState, value: string, problem: string | undefined): ListItem {
  if (problem !== undefined) return { value, problem };
  const warning = scopeWarning(state, value);
  return warning === undefined ? { value } : { value, warning };
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
    ...(provider?.grants[draft.grant]?.scopes.filter((scope) => !scope.includes('{')) ?? []),
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

export function resourceField({ draft }: ProfileFormState, { fields, items }: FormProblems): ListField {
  const problem = fields.get('resource');
  return {
    items: draft.resource.map((value, index) => {
      const wrong = items.get(`resource/${index}`);
      return wrong === undefined ? { value } : { value, problem: wrong };
    }),
    suggestions: [],
    note: 'The APIs the token is for, as absolute URIs (RFC 8707). Leave it empty unless your server asks for it.',
    ...(problem !== undefined && { problem }),
  };
}

export function pairsField(
  { draft }: ProfileFormState,
  field: PairsFieldName,
  { fields, items }: FormProblems,
): PairsField {
  const problem = fields.get(field);
  return {
    rows: draft[field].map(({ name, value }, index) => {
      const wrong = items.get(`${field}/${name.trim()}`) ?? items.get(`${field}/${index}`);
      return { name, value, ...(wrong !== undefined && { problem: wrong }) };
    }),
    note:
      field === 'authorizationParameters'
        ? 'Added to the address the browser opens, such as prompt or login_hint.'
        : 'Added to every token request.',
    ...(problem !== undefined && { problem }),
  };
}
