import {
  JWT_CLAIM_COMPARISON,
  JWT_TIMESTAMP_CHECK,
  OperationProcessingError,
  PARSE_ERROR,
  UnsupportedOperationError,
} from 'oauth4webapi';
import { oneLine, plainText } from '../http/plainText.ts';
import { isObject, kindOf } from '../../shared/json.ts';
import { isInMilliseconds } from '../isTime.ts';

/** What is wrong with an id_token, with what was expected and what came where neither is secret. */
export interface IdTokenProblem {
  /** The claim, or `signature`, `key_not_found`, `alg`, `crit`, `encrypted`, `malformed`. */
  readonly code: string;
  /** `type`: the claim is there, with a value of the wrong type. */
  readonly problem: 'missing' | 'wrong' | 'type';
  readonly expected?: string;
  readonly received?: string;
  /** Seconds between the token's time and the clock of this machine. */
  readonly off?: number;
  /** The reason in words, to follow a colon. */
  readonly detail?: string;
}

/** What the library found wrong, with what it compared; undefined for an error that is not the library's. */
export function problemFound(thrown: unknown): IdTokenProblem | undefined {
  if (thrown instanceof UnsupportedOperationError)
    return { code: thrown.message.includes('JWE') ? 'encrypted' : 'crit', problem: 'wrong' };
  if (!(thrown instanceof OperationProcessingError)) return undefined;
  const cause: unknown = thrown.cause;
  if (thrown.code === PARSE_ERROR || !isObject(cause)) return { code: 'malformed', problem: 'wrong' };
  const { claims, claim, expected } = cause;
  const found = isObject(claims) ? claims : {};
  if (thrown.code === JWT_TIMESTAMP_CHECK && typeof claim === 'string')
    return timeProblem(claim, found[claim], cause['now']);
  if (thrown.code === JWT_CLAIM_COMPARISON && typeof claim === 'string')
    return comparison(claim, found[claim], expected);
  if ('reason' in cause) return algorithmProblem(cause);
  return namedInWords(thrown.message, found);
}

/** A claim that was compared with what this flow expects. */
export function comparison(claim: string, received: unknown, expected: unknown): IdTokenProblem {
  // A nonce is not shown: it ties the token to this flow.
  if (claim === 'nonce') return { code: claim, problem: received === undefined ? 'missing' : 'wrong' };
  // An `aud` with one value may be a list or a text.
  const one: unknown =
    claim === 'aud' && Array.isArray(received) && received.length === 1 ? received[0] : received;
  return {
    code: claim,
    problem: received === undefined ? 'missing' : 'wrong',
    ...(expected === undefined ? {} : { expected: shown(expected) }),
    ...(received === undefined ? {} : { received: distinct(one, expected) }),
  };
}

/** A received value to show beside the expected one; where the two look alike, the difference is put into words. */
export function distinct(received: unknown, expected: unknown): string {
  const came = shown(received);
  if (Array.isArray(expected) && expected.length === 1) return distinct(received, expected[0]);
  if (came === '') return [received].flat().join('') === '' ? 'empty' : 'nothing that shows';
  if (came !== shown(expected)) return came;
  if (typeof received !== 'string' || typeof expected !== 'string') return `${came} (${kindOf(received)})`;
  const [one, other] = [received, expected].map(oneLine);
  if (one !== other) return `${came} (another one behind what is shown)`;
  const [dense, otherDense] = [received, expected].map((text) => text.replace(/\s+/g, ''));
  if (dense === otherDense && received.trim() === received) return `${came} with other blanks`;
  return received !== oneLine(received)
    ? `${came} with characters that do not show`
    : `${came} without the characters that do not show in the other`;
}

/** A token that has expired, or is not valid yet. @param now seconds since the epoch */
export function timeProblem(claim: string, received: unknown, now: unknown): IdTokenProblem {
  if (typeof received !== 'number' || typeof now !== 'number') return { code: claim, problem: 'wrong' };
  if (isInMilliseconds(received)) return { code: claim, problem: 'type', received: 'in milliseconds' };
  return {
    code: claim,
    problem: 'wrong',
    expected: `${claim === 'exp' ? 'after' : 'not after'} ${moment(now)}`,
    received: moment(received),
    off: Math.round(Math.abs(received - now)),
  };
}

/** An algorithm that is not accepted. */
export function algorithmProblem({ header, expected }: Readonly<Record<string, unknown>>): IdTokenProblem {
  const alg = isObject(header) ? header['alg'] : undefined;
  return {
    code: 'alg',
    problem: alg === undefined ? 'missing' : 'wrong',
    expected: shown(expected),
    ...(alg === undefined ? {} : { received: distinct(alg, expected) }),
  };
}

/** Of a claim that is missing or of the wrong type, the library gives the name only within its message. */
function namedInWords(message: string, claims: Readonly<Record<string, unknown>>): IdTokenProblem {
  const claim = /"(\w+)" \(/.exec(message)?.[1];
  if (claim === undefined) return { code: 'malformed', problem: 'wrong' };
  return claims[claim] === undefined
    ? { code: claim, problem: 'missing' }
    : { code: claim, problem: 'type', received: kindOf(claims[claim]) };
}

/** A claim's value on one line; of an object only that it is one. */
export function shown(value: unknown): string {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.slice(0, 20).map((item) => {
    if (typeof item === 'string') return item.slice(0, 1000);
    return typeof item === 'number' || typeof item === 'boolean' ? `${item}` : kindOf(item);
  });
  return plainText(texts.join(', '), 300);
}

/** @param seconds since the epoch */
export function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds}` : date.toISOString().replace(/\.000Z$/, 'Z');
}
