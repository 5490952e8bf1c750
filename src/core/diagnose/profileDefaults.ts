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

/**
 * What is wrong with an answer, as a sentence; absent when nothing is.
 */
export function answerProblem(question: ProviderQuestion, answer: string): string | undefined {
  const text = answer.trim();
  if (text === '') return question.default === undefined ? `${question.label} is missing.` : undefined;
  if (question.kind === 'base')
    return baseUrl(text) === undefined
      ? `${question.label} must be a host name such as ${question.placeholder}.`
      : undefined;
  return question.pattern === undefined || new RegExp(question.pattern, 'iu').test(text)
    ? undefined
    : `${question.label} must look like ${question.placeholder}.`;
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
  const defaults = provider.grants[grant];
  if (!defaults) return undefined;
  const values = new Map(
    questionsFor(provider, grant).map((question) => [question.name, valueOf(question, answers)]),
  );
  const fill = (template: string) =>
    template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '');
  const fillAll = (parameters: ExtraParameters) =>
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, fill(value)]));
  const { authorizationParameters, tokenParameters, audience, scopes, ...rest } = defaults;
  return {
    provider: provider.id,
    ...fillAll(provider.endpoints as ExtraParameters),
    ...rest,
    scopes: scopes.map(fill),
    ...(audience === undefined ? {} : { audience: fill(audience) }),
    ...(authorizationParameters ? { authorizationParameters: fillAll(authorizationParameters) } : {}),
    ...(tokenParameters ? { tokenParameters: fillAll(tokenParameters) } : {}),
  };
}

function valueOf(question: ProviderQuestion, answers: Readonly<Record<string, string>>): string {
  const answer = answers[question.name]?.trim() ?? '';
  const text = answer === '' ? (question.default ?? '') : answer;
  return question.kind === 'base' ? (baseUrl(text) ?? text) : text;
}

/** `https://host[:port]` of a host or of any URL on it; plain http survives only on loopback. */
function baseUrl(text: string): string | undefined {
  const withScheme = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) return undefined;
  const { protocol, hostname, host } = new URL(withScheme);
  if (hostname === '') return undefined;
  const loopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return `${loopback ? protocol : 'https:'}//${host}`;
}
