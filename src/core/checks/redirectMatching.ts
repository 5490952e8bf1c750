import type { RedirectFact } from './check.ts';
import { samplePort, withPort } from './registered.ts';
import type { CheckResult, RedirectMatching } from './report.ts';

/** How a server may compare paths, apart from exactly. */
const ofPath: readonly (readonly [RedirectFact, string])[] = [
  ['extra_segment', 'compares only their beginning'],
  ['dot_segments', 'is fooled by dot segments'],
  ['path_case', 'ignores upper and lower case in the path'],
  ['trailing_slash', 'ignores a trailing slash'],
];

const laxities: readonly (readonly [RedirectFact, string])[] = [
  ...ofPath,
  ['extra_query', 'ignores added parameters'],
  ['loopback_names', 'takes another name of the loopback interface, unless that is registered, too'],
  ['scheme', 'treats http and https as the same'],
];

/** Draws the conclusion from the redirect checks; undefined when they did not find enough. */
export function redirectMatching(
  redirectUri: string,
  results: readonly CheckResult[],
): RedirectMatching | undefined {
  const facts: Partial<Record<RedirectFact, boolean>> = {};
  // Two checks may find the same fact (dot segments, plain and encoded): one laxness is enough.
  for (const result of results)
    for (const [fact, value] of Object.entries(result.facts) as [RedirectFact, boolean][])
      facts[fact] = (facts[fact] ?? false) || value;
  // The registered URI alone does not show how others are compared.
  const variants = Object.keys(facts).filter((fact) => fact !== 'registered');
  if (facts.registered === undefined || variants.length === 0) return undefined;
  const register = stringToRegister(redirectUri, facts);
  return { sentence: `${comparison(facts)} ${advice(redirectUri, register, facts)}`, register };
}

function comparison(facts: Partial<Record<RedirectFact, boolean>>): string {
  if (facts.any_host === true) return 'This server redirects to hosts that nobody registered.';
  const found = laxities.filter((laxity) => facts[laxity[0]] === true);
  const lax =
    facts.any_path === true
      ? ['ignores the path', ...found.filter((laxity) => !ofPath.includes(laxity)).map(([, words]) => words)]
      : found.map(([, words]) => words);
  if (lax.length > 0) return `This server does not compare redirect URIs exactly: it ${list(lax)}.`;
  const complete = laxities.every(([fact]) => facts[fact] === false);
  const how = complete
    ? 'compares redirect URIs character by character'
    : 'seems to compare redirect URIs exactly';
  if (facts.any_port === true)
    return `This server ${how}, except for the port of a loopback address, which may be any.`;
  if (facts.any_port === false) return `This server ${how}, the port included.`;
  return `This server ${how}.`;
}

function stringToRegister(redirectUri: string, facts: Partial<Record<RedirectFact, boolean>>): string {
  const portOpen = new URL(redirectUri).port === '';
  return portOpen && facts.any_port === false ? withPort(redirectUri, samplePort) : redirectUri;
}

function advice(
  redirectUri: string,
  register: string,
  facts: Partial<Record<RedirectFact, boolean>>,
): string {
  if (register !== redirectUri) return `Register exactly ${register} and write the same into the profile.`;
  return facts.registered === true ? `Keep exactly ${register} registered.` : `Register exactly ${register}.`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
