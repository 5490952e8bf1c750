import type { Deviation } from '../record/exchange.ts';
import { kindOf, textsOf } from '../../shared/json.ts';

/** A successful token response in the form of RFC 6749 section 5.1, with all further members it had. */
export interface TokenBody extends Readonly<Record<string, unknown>> {
  readonly access_token: string;
  /** As the server spelled it; `Bearer` when it is missing. */
  readonly token_type: string;
  /** Seconds, above zero, and within the range of dates. */
  readonly expires_in?: number;
  readonly refresh_token?: string;
  /** Separated by single spaces. */
  readonly scope?: string;
  readonly id_token?: string;
}

/** A token response made conforming, with what had to be changed. */
export interface NormalisedBody {
  readonly body: TokenBody;
  readonly deviations: readonly Deviation[];
}

const source = 'RFC 6749 section 5.1';

/** Longest lifetime in seconds: what ends later is beyond the range of dates (8.64e15 ms after the epoch). */
const longestLifetime = 8e12;

/**
 * Turns the members of a success response into the form of RFC 6749, and notes each change.
 *
 * @param requestedScopes tells a scope that contains a comma from a list separated by commas
 * @see RFC 6749 section 5.1
 */
export function tokenBody(
  members: Readonly<Record<string, unknown>> & { readonly access_token: string },
  requestedScopes: readonly string[],
): NormalisedBody {
  const { token_type, expires_in, refresh_token, scope, id_token, ...others } = members;
  const deviations: Deviation[] = [];
  const note = (code: string, message: string) => deviations.push({ code, message, source });
  const seconds = lifetime(expires_in, note);
  const scopes = scopeText(scope, requestedScopes, note) ?? otherName(others, requestedScopes, note);
  const body: TokenBody = {
    ...others,
    access_token: members.access_token,
    token_type: tokenType(token_type, note),
    ...(seconds === undefined ? {} : { expires_in: seconds }),
    ...(isText('refresh_token', refresh_token, note) ? { refresh_token } : {}),
    ...(scopes === undefined ? {} : { scope: scopes }),
    ...(isText('id_token', id_token, note) ? { id_token } : {}),
  };
  return { body, deviations };
}

type Note = (code: string, message: string) => void;

/** Whether a token is a text; anything else is noted. */
function isText(name: string, value: unknown, note: Note): value is string {
  if (typeof value !== 'string' && value !== undefined && value !== null)
    note(`${name}_invalid`, `The ${name} of the response is not text and was ignored.`);
  return typeof value === 'string' && value !== '';
}

/** The token types that specifications define here. @see RFC 6749 section 7.1, RFC 9449 section 5, RFC 8693 section 2.2.1 */
const tokenTypes: ReadonlySet<string> = new Set(['bearer', 'dpop', 'n_a']);

function tokenType(value: unknown, note: Note): string {
  if (typeof value !== 'string' || value === '') {
    const absent = value === undefined || value === null;
    const how = absent
      ? 'has no token_type'
      : `has a token_type that is ${value === '' ? 'empty' : 'no text'}`;
    const code = absent ? 'token_type_missing' : 'token_type_invalid';
    note(code, `The response ${how}; the token is taken for a bearer token.`);
    return 'Bearer';
  }
  if (!tokenTypes.has(value.toLowerCase()))
    note(
      'token_type_unusual',
      'The token_type is not Bearer; whether the token works as one is not certain.',
    );
  return value;
}

function lifetime(value: unknown, note: Note): number | undefined {
  if (value === undefined || value === null) {
    note('expires_in_missing', 'The response does not say in expires_in how long the token lives.');
    return undefined;
  }
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) {
    note('expires_in_invalid', 'The expires_in of the response is not a number of seconds and was ignored.');
    return undefined;
  }
  if (seconds === 0) {
    note('expires_in_zero', 'The expires_in of the response is 0; it was taken as unknown.');
    return undefined;
  }
  if (seconds > longestLifetime) {
    note(
      'expires_in_too_large',
      'The expires_in of the response ends after every date; it was taken as unknown.',
    );
    return undefined;
  }
  if (typeof value === 'string') note('expires_in_string', 'The expires_in of the response is a string.');
  if (!Number.isInteger(seconds))
    note('expires_in_fraction', 'The expires_in of the response is a fraction.');
  return seconds;
}

/** What servers call the member with the granted scopes. */
const scopeNames = /^(?:granted_?)?scopes?$|^scp$/i;

/** Finds the granted scopes under another name, such as `scopes`: without them, all requested scopes would count as granted. */
function otherName(
  others: Readonly<Record<string, unknown>>,
  requested: readonly string[],
  note: Note,
): string | undefined {
  const [name, value] =
    Object.entries(others).find(
      ([member, said]) => scopeNames.test(member) && (typeof said === 'string' || Array.isArray(said)),
    ) ?? [];
  if (name === undefined || (typeof value !== 'string' && !Array.isArray(value))) return undefined;
  note('scope_named_scopes', `The response names the granted scopes in ${name} instead of scope.`);
  return scopeText(Array.isArray(value) ? listedText(value, name, note) : value, requested, note);
}

/** The texts in a list of scopes; anything else in it is noted. */
function listedText(list: readonly unknown[], name: string, note: Note): string {
  const others = new Set(list.filter((item) => typeof item !== 'string').map(kindOf));
  if (others.size > 0)
    note(
      'scope_items_invalid',
      `In ${name} of the response stands ${[...others].join(', ')} among the scopes, which was ignored.`,
    );
  return textsOf(list).join(' ');
}

function scopeText(value: unknown, requested: readonly string[], note: Note): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) {
    note('scope_array', 'The scope of the response is an array instead of a string with spaces.');
    return listedText(value, 'scope', note);
  }
  if (typeof value !== 'string') {
    note('scope_invalid', `The scope of the response is ${kindOf(value)}, no string, and was ignored.`);
    return undefined;
  }
  if (!value.includes(',') || requested.some((scope) => scope.includes(',')))
    return value.trim().replace(/\s+/g, ' ');
  note('scope_commas', 'The scopes of the response are separated by commas instead of spaces.');
  return value
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(' ');
}
