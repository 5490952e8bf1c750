import {
  grantDefaults,
  answerProblem,
  profileDefaults,
  questionsFor,
  type ProfileDefaults,
} from '../diagnose/profileDefaults.ts';
import type { EndpointTemplates, GrantDefaults, Provider } from '../diagnose/provider.ts';
import { fieldNamed, productLists } from '../productLists.ts';
import type { Grant } from '../profile/profile.ts';
import { isThere, type ProfileDraft } from './draft.ts';
import { answersIn, saysAddress } from '../diagnose/addressTemplate.ts';

/** What the user answered to a provider's questions, by question name. */
export type Answers = Readonly<Record<string, string>>;

const addresses = ['issuer', 'tokenEndpoint', 'authorizationEndpoint'] as const;

/**
 * What a profile of `provider` starts with, as far as it is known yet: whatever depends on a question without a good
 * answer is left out.
 */
export function knownDefaults(
  provider: Provider,
  grant: Grant,
  answers: Answers,
): ProfileDefaults | undefined {
  const open = questionsFor(provider, grant)
    .filter((question) => answerProblem(question, answers[question.name] ?? '') !== undefined)
    .flatMap(({ name }) => [`{${name}}`, `{${name}.host}`]);
  const isOpen = (template: string) => open.some((name) => template.includes(name));
  const defaults = grantDefaults(provider, grant);
  if (defaults === undefined) return undefined;
  const known: Provider = {
    ...provider,
    endpoints: without(provider.endpoints, isOpen),
    grants: { ...provider.grants, [grant]: withoutOpen(defaults, isOpen) },
  };
  return profileDefaults(known, grant, answers);
}

/** Whether a provider's addresses are known or follow from answers; not so when the one question is the address itself. */
export function hasAddresses(provider: Provider): boolean {
  return addresses.some((name) => saysAddress(provider.endpoints[name]));
}

/**
 * The answers that make the addresses of a draft.
 *
 * @returns `undefined` when no answers do: its addresses were typed by hand.
 */
export function answersOf(
  provider: Provider,
  draft: ProfileDraft,
  lists = productLists,
): Answers | undefined {
  const answers: Record<string, string> = {};
  // A profile keeps no address that its grant does not take.
  const used = addresses.filter((name) => isThere(fieldNamed(name, lists), draft, lists));
  for (const name of used) {
    const template = provider.endpoints[name];
    if (template === undefined) continue;
    Object.assign(answers, answersIn(template, draft[name] ?? ''));
  }
  const made = knownDefaults(provider, draft.grant, answers);
  const same = used.every((name) => (made?.[name] ?? '') === (draft[name] ?? ''));
  return same ? answers : undefined;
}

function without(templates: EndpointTemplates, isOpen: (template: string) => boolean): EndpointTemplates {
  return Object.fromEntries(
    Object.entries(templates as Record<string, string>).filter(([, template]) => !isOpen(template)),
  );
}

function withoutOpen(defaults: GrantDefaults, isOpen: (template: string) => boolean): GrantDefaults {
  const { audience, authorizationParameters = {}, tokenParameters = {}, assertionClaims, ...rest } = defaults;
  const closed = (parameters: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(parameters).filter(([, value]) => !isOpen(value)));
  return {
    ...rest,
    scopes: defaults.scopes.filter((scope) => !isOpen(scope)),
    ...(audience !== undefined && !isOpen(audience) && { audience }),
    authorizationParameters: closed(authorizationParameters),
    tokenParameters: closed(tokenParameters),
    ...(assertionClaims && { assertionClaims: closed(assertionClaims) }),
  };
}
