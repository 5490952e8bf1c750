import { maskJwts } from '../http/maskJwts.ts';
import { redactJson } from '../http/redactJson.ts';

/** Most characters of one text in a value. */
const longestText = 500;
/** Most members or elements in one place. */
const mostMembers = 60;
const deepest = 6;

/** A value as JSON, one member a line, without what is long. */
export function jsonLines(value: unknown): string {
  return JSON.stringify(value, undefined, 1);
}

/**
 * What came from outside, such as the claims of a token, for a model: bounded in every direction, and what stands under the name
 * of a secret or looks like a token is masked.
 */
export function bounded(value: unknown): unknown {
  const short = JSON.stringify(shortened(value, 0));
  return JSON.parse(redactJson(short, true, maskJwts)) as unknown;
}

function shortened(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    // A token that is cut would not be known as one any more.
    return value.length > longestText ? `${maskJwts(value.slice(0, 20_000)).slice(0, longestText)}…` : value;
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, mostMembers).map((one) => shortened(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostMembers)
      .map(([name, member]) => [name.slice(0, 200), shortened(member, depth + 1)]),
  );
}
