import { trimEnd } from '../http/ends.ts';
import { productLists } from '../productLists.ts';
import type { ExtraParameters, Grant } from '../profile/profile.ts';
import type { GrantDefaults, Provider, ProviderQuestion } from './provider.ts';

/** What a new profile of a provider starts with. */
export interface ProfileDefaults extends GrantDefaults {
  readonly provider: string;
  readonly issuer?: string;
  readonly tokenEndpoint?: string;
  readonly authorizationEndpoint?: string;
}

/** The questions to ask for a new profile with `grant`. */
export function questionsFor(provider: Provider, grant: Grant): readonly ProviderQuestion[] {
  return provider.ask.filter((question) => question.grants?.includes(grant) ?? true);
}

/** What is wrong with an answer, as a sentence; absent when nothing is. */
export function answerProblem(question: ProviderQuestion, answer: string): string | undefined {
  const text = answer.trim();
  if (text === '') return question.default === undefined ? `${question.label} is missing.` : undefined;
  if (question.kind !== 'text')
    return parsed(text) === undefined
      ? `${question.label} must be an address such as ${question.placeholder}.`
      : undefined;
  return question.pattern === undefined || new RegExp(question.pattern, 'iu').test(text)
    ? undefined
    : `${question.label} must look like ${question.placeholder}.`;
}

/** Grants that every provider file speaks of: what it does not list of them, the provider does not offer. */
const always: readonly Grant[] = ['client_credentials', 'authorization_code'];

/**
 * What a new profile of a provider starts with for a grant. Of a grant that no file speaks of nothing is known, which is no
 * refusal: it starts as the grant itself says.
 *
 * @returns absent when the provider does not offer `grant`
 */
export function grantDefaults({ grants }: Pick<Provider, 'grants'>, grant: Grant): GrantDefaults | undefined {
  if (grants[grant] !== undefined || always.includes(grant)) return grants[grant];
  const known = productLists.grants.find(({ id }) => id === grant);
  if (known === undefined) return undefined;
  const { defaultAuthentication, actsForUser } = known;
  const scopes = (actsForUser ? grants['authorization_code'] : undefined)?.scopes ?? [];
  return { clientAuthentication: defaultAuthentication, scopes };
}

/**
 * Fills the provider's templates with the user's answers (by question name; a default stands in for what is empty).
 *
 * @returns absent when the provider does not offer `grant`
 */
export function profileDefaults(
  provider: Provider,
  grant: Grant,
  answers: Readonly<Record<string, string>>,
): ProfileDefaults | undefined {
  const defaults = grantDefaults(provider, grant);
  if (!defaults) return undefined;
  const values = new Map(
    questionsFor(provider, grant).map((question) => [question.name, valueOf(question, answers)]),
  );
  // A slash at the end of an answer is not doubled by the one that follows it in the template.
  const fill = (template: string) =>
    template.replaceAll(/\{(\w+)(\.host)?\}(\/?)/g, (_, name: string, host: unknown, slash: string) => {
      const answer = values.get(name) ?? '';
      const value = host === undefined ? answer : (parsed(answer)?.host ?? '');
      return slash === '/' ? `${trimEnd(value, '/')}/` : value;
    });
  const fillAll = (parameters: ExtraParameters) =>
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, fill(value)]));
  const { authorizationParameters, tokenParameters, assertionClaims, audience, scopes, ...rest } = defaults;
  return {
    provider: provider.id,
    ...fillAll(provider.endpoints as ExtraParameters),
    ...rest,
    scopes: scopes.map(fill),
    ...(audience === undefined ? {} : { audience: fill(audience) }),
    ...(authorizationParameters ? { authorizationParameters: fillAll(authorizationParameters) } : {}),
    ...(tokenParameters ? { tokenParameters: fillAll(tokenParameters) } : {}),
    ...(assertionClaims ? { assertionClaims: fillAll(assertionClaims) } : {}),
  };
}

function valueOf(question: ProviderQuestion, answers: Readonly<Record<string, string>>): string {
  const answer = answers[question.name]?.trim() ?? '';
  const text = answer === '' ? (question.default ?? '') : answer;
  const url = question.kind === 'text' ? undefined : parsed(text);
  if (!url) return text;
  const base = `${isLoopback(url) ? url.protocol : 'https:'}//${url.host}`;
  // A bare host gets no slash: an issuer is compared character by character.
  const bare = url.pathname === '/' && !text.endsWith('/');
  return question.kind === 'base' || bare ? base : `${base}${url.pathname}`;
}

/** A host or a URL on it; absent when it is neither. */
function parsed(text: string): URL | undefined {
  const withScheme = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  return url?.hostname === '' || url?.username !== '' ? undefined : url;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
