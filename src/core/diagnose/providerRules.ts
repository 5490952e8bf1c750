import { plainText } from '../http/plainText.ts';
import { inBrowser, provedItself } from './asked.ts';
import type { Cause } from './explanation.ts';
import type { Facts } from './facts.ts';
import type { ErrorCondition, ErrorRule, Provider, ProviderScopes } from './provider.ts';
import type { QuickFix } from './quickFix.ts';
import type { Rule } from './rule.ts';
import { allSent } from './rules/parameters.ts';
import { sentParameters } from './sentParameters.ts';

/** Characters of a server's words that a rule's expression is tried on. */
const wordsLimit = 4096;

/** The rules of the provider that was named or recognised, as its catalogue entry has them. */
export const providerRules: Rule = (facts) => {
  const { provider } = facts.provider;
  return provider.errors.flatMap((rule) => {
    const groups = matched(rule.when, facts);
    return groups && isThere(rule.cause, facts) ? [toCause(provider, rule, groups, facts)] : [];
  });
};

type Groups = Readonly<Record<string, string>>;

/** The named groups of the description when every condition holds, else nothing. */
function matched(when: ErrorCondition, facts: Facts): Groups | undefined {
  const { failure, profile } = facts;
  // Without one of these a rule would explain what never reached the server.
  const answered =
    when.kinds !== undefined || failure.kind === 'oauth_error' || failure.kind === 'http_error';
  const holds =
    answered &&
    isOneOf(when.error, facts.error) &&
    isOneOf(when.status, facts.status) &&
    isOneOf(when.steps, failure.step) &&
    isOneOf(when.grants, profile.grant) &&
    isOneOf(when.kinds, failure.kind) &&
    isOneOf(when.clientAuthentication, profile.clientAuthentication) &&
    (when.opaque === undefined || when.opaque === facts.token?.opaque) &&
    (when.sent === undefined || wasSent(when.sent, facts)) &&
    (when.numbers === undefined || when.numbers.some((number) => facts.numbers.includes(number)));
  if (!holds) return undefined;
  if (when.description === undefined) return {};
  const pattern = new RegExp(when.description, 'iu');
  // Some say what it is in a member of their own, such as FusionAuth's error_reason.
  const found =
    pattern.exec(facts.words.slice(0, wordsLimit)) ?? pattern.exec(facts.body.slice(0, wordsLimit));
  return found ? (found.groups ?? {}) : undefined;
}

/** What a cause may speak of that not every request has. */
const spoken: readonly (readonly [words: RegExp, names: readonly string[]])[] = [
  // As what it is registered counts for a refresh, too.
  [/\bredirect URI\b(?! is registered)/i, ['redirect_uri']],
  [/\bcode\b/, ['code', 'device_code']],
  [/\brefresh token\b/, ['refresh_token']],
];

/** Whether the request had one of what a cause speaks of: a client’s own token takes no code, nor does a browser. */
function isThere(cause: string, facts: Facts): boolean {
  // Of an answer that was pasted, nobody knows the request.
  const isKnown = provedItself(facts) ? facts.exchange?.request.headers.length !== 0 : inBrowser(facts);
  const sent = isKnown ? allSent(facts) : undefined;
  const names = spoken.flatMap(([words, of]) => (words.test(cause) ? of : []));
  return sent === undefined || names.length === 0 || names.some((name) => sent.has(name));
}

function wasSent(name: string, { exchange, failure }: Facts): boolean {
  if (failure.step === 'refresh') return name === 'refresh_token';
  return exchange?.request.body === undefined
    ? exchange?.leg !== 'loopback'
    : sentParameters(exchange).has(name);
}

function isOneOf<T>(allowed: readonly T[] | undefined, value: T | undefined): boolean {
  return allowed === undefined || (value !== undefined && allowed.includes(value));
}

function toCause(provider: Provider, rule: ErrorRule, groups: Groups, { profile }: Facts): Cause {
  const fill = (text: string) =>
    text.replaceAll(/\$(\w+)/g, (_, name: string) => plainText(groups[name] ?? '', 120));
  return {
    id: `${provider.id}/${rule.id}`,
    weight: rule.weight,
    title: fill(rule.cause),
    evidence: [`${provider.name} is known to answer like this.`],
    steps: rule.steps.map(fill),
    fixes: (rule.fixes ?? []).flatMap((fix) =>
      filled(fix, groups, resourcesOf(profile.scopes, provider.scopes)),
    ),
    ...(rule.link === undefined
      ? {}
      : { source: { text: `${provider.name} documentation`, url: rule.link } }),
  };
}

/** Scopes in a fix may be what the server named: taken as it is, because it is compared with the profile’s own. */
function filled(fix: QuickFix, groups: Groups, resources: readonly string[]): readonly QuickFix[] {
  if (!('scopes' in fix)) return [fix];
  const named = fix.scopes.map((scope) =>
    scope.replace(/^\$(?!resource\b)(\w+)$/, (_, name: string) => groups[name] ?? ''),
  );
  if (!named.some((scope) => scope.includes('$resource'))) return [{ ...fix, scopes: named }];
  // One for each: such a scope stands for one API.
  return resources.map((resource) => ({
    ...fix,
    scopes: named.map((scope) => scope.replace('$resource', () => resource)),
  }));
}

/** The resources that scopes name, as in `api://orders/read`; else the provider's default one. */
function resourcesOf(scopes: readonly string[], knowledge: ProviderScopes | undefined): readonly string[] {
  const named = scopes.flatMap(
    (scope) => /^(\w+:\/\/[^/]+(?:\/.*)?)\/[^/]*$/.exec(scope)?.[1] ?? bare(scope),
  );
  if (named.length > 0) return [...new Set(named)].slice(0, 3);
  return knowledge?.defaultResource === undefined ? [] : [knowledge.defaultResource];
}

/** A resource without any scope, as it is easily typed. */
function bare(scope: string): readonly string[] {
  return scope.includes('://') ? [scope] : [];
}
