import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import { isJwt } from './isJwt.ts';
import { claimsOf } from './jwtClaims.ts';

/** Where a profile's assertion comes from. */
export type AssertionSource =
  | { readonly kind: 'file'; readonly path: string }
  /** Program and arguments; no shell reads them. */
  | { readonly kind: 'command'; readonly words: readonly string[] };

/**
 * Where a profile's assertion is to be read.
 *
 * @param standing which settings the profile is in: files and commands that a workspace names are neither read nor run
 * @throws FailureError of kind `invalid_profile`
 */
export function assertionSource(
  { assertionFile: path, assertionCommand: command }: Profile,
  standing: 'user' | 'workspace',
): AssertionSource {
  if (standing === 'workspace')
    throw invalid(
      'The profile stands in the settings of a workspace, whose assertion file or command is neither read nor run.',
      'Move the profile to your user settings if you trust it.',
    );
  if ((path === undefined) === (command === undefined))
    throw invalid(
      path === undefined
        ? 'The profile names neither a file nor a command that the assertion comes from.'
        : 'The profile names both a file and a command that the assertion comes from.',
      'Give one of assertionFile and assertionCommand in the profile.',
    );
  if (path !== undefined) return { kind: 'file', path };
  const words = commandWords(command ?? '');
  if (words.length > 0) return { kind: 'command', words };
  throw invalid(
    'The assertion command of the profile has a quote without its end.',
    'Correct assertionCommand.',
  );
}

/**
 * Splits a command line into program and arguments at spaces outside of quotes; a backslash is an ordinary character. Empty
 * when a quote is not closed.
 */
export function commandWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (const sign of line) {
    if (quote !== '') {
      if (sign === quote) quote = '';
      else word = (word ?? '') + sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + sign;
  }
  if (word !== undefined) words.push(word);
  return quote === '' && words[0] !== '' ? words : [];
}

/**
 * Checks an assertion that was read, and gives it as it can be sent.
 *
 * @param from where it was read, as in a sentence: `The file /a`
 * @param now milliseconds since the epoch
 * @throws FailureError of kind `secret_missing` when it is not a JWT or has expired; no message holds its text
 */
export function foreignAssertion(text: string, from: string, now: number): string {
  if (text.trim() === '') throw noAssertion(`${from} gave nothing.`);
  const what = `What ${from.charAt(0).toLowerCase()}${from.slice(1)} gave`;
  const [assertion, another] = jwtsIn(text);
  if (assertion === undefined) throw noAssertion(`${what} is not a JWT.`);
  if (another !== undefined) throw noAssertion(`${what} holds several JWTs.`);
  const end = endOf(assertion);
  if (end !== undefined && end <= now)
    throw noAssertion(
      `The assertion of ${from.charAt(0).toLowerCase()}${from.slice(1)} ended at ${new Date(end).toISOString()}.`,
    );
  return assertion;
}

/** The different JWTs in a text, such as the JSON that programs print; at most two. */
function jwtsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const word of text.split(/[^\w.-]+/)) {
    if (isJwt(word)) found.add(word);
    if (found.size > 1) break;
  }
  return [...found];
}

function endOf(jwt: string): number | undefined {
  const { exp } = claimsOf(jwt);
  return typeof exp === 'number' && Math.abs(exp) <= 1e11 ? exp * 1000 : undefined;
}

/** The failure for an assertion that cannot be had. */
export function noAssertion(message: string): FailureError {
  return new FailureError({
    kind: 'secret_missing',
    what: 'input',
    step: 'secret',
    message: `${message} Nothing was sent.`,
    advice: 'Check the file or the command by itself: it has to hold or print one JWT, alone or in JSON.',
  });
}

function invalid(problem: string, advice: string): FailureError {
  return new FailureError({
    kind: 'invalid_profile',
    step: 'secret',
    problems: [problem],
    message: problem,
    advice,
  });
}
