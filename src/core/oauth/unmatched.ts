import { plainText } from '../http/plainText.ts';
import type { UnmatchedRedirect } from '../record/unmatched.ts';

/** An error code; nothing else that a stranger may have written is repeated. @see RFC 6749 appendix A.7 */
const errorPattern = /^[A-Za-z0-9_.-]{1,60}$/;

/** What may be said about the parameters of a redirect. */
export function unmatchedParts(parameters: URLSearchParams): Pick<UnmatchedRedirect, 'code' | 'error'> {
  const error = parameters.get('error') ?? parameters.get('error_code');
  return {
    code: (parameters.get('code') ?? '') !== '',
    ...(error === null || error === ''
      ? {}
      : { error: errorPattern.test(error) ? error : 'an error of no known form' }),
  };
}

/** Describes a redirect that cannot be tied to the sign-in, in one sentence without any secret. */
export function unmatchedSentence(unmatched: UnmatchedRedirect): string {
  const { why, code, error } = unmatched;
  const held = [...(error === undefined ? [] : [`with error ${error}`]), ...(code ? ['with a code'] : [])];
  const carrying = held.length === 0 ? '' : `, ${held.join(' and ')}`;
  return `A redirect came ${ways(unmatched)[why]}${carrying}: it cannot be tied to this sign-in.`;
}

function ways({ path = '' }: UnmatchedRedirect): Readonly<Record<UnmatchedRedirect['why'], string>> {
  return {
    no_state: 'without state',
    other_state: 'with another state',
    several_states: 'with several states',
    other_path: `to the path ${plainText(path, 100)}, not to that of the redirect URI`,
    post: 'as a POST (form_post), which was not asked for',
    empty: 'without any parameter',
    fragment: 'with its response in the fragment and without the state of this sign-in',
    encrypted: 'with an encrypted response that no key of the profile opens',
    too_large: 'with more than 64 KiB of header fields, which were not read',
  };
}

/** How many different ones are kept: a hostile page could send any number. */
const most = 5;

/** Adds one to `known`, if it is new and there is room. */
export function withUnmatched(
  known: readonly UnmatchedRedirect[],
  unmatched: UnmatchedRedirect,
): readonly UnmatchedRedirect[] {
  const sentence = unmatchedSentence(unmatched);
  if (known.length >= most || known.some((other) => unmatchedSentence(other) === sentence)) return known;
  return [...known, unmatched];
}
