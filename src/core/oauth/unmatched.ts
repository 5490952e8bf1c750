import { plainText } from '../http/plainText.ts';
import type { UnmatchedRedirect } from '../record/unmatched.ts';

/** An error code as servers write it; nothing else of a stranger's words is said. @see RFC 6749 appendix A.7 */
const errorPattern = /^[A-Za-z0-9_.-]{1,60}$/;

/** What parameters hold, as far as it may be said. */
export function unmatchedParts(parameters: URLSearchParams): Pick<UnmatchedRedirect, 'code' | 'error'> {
  const error = parameters.get('error') ?? parameters.get('error_code');
  return {
    code: (parameters.get('code') ?? '') !== '',
    ...(error === null || error === ''
      ? {}
      : { error: errorPattern.test(error) ? error : 'an error of no known form' }),
  };
}

/** What came, one sentence without any secret. */
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

/** `known` with one more, if it is another one and there is room. */
export function withUnmatched(
  known: readonly UnmatchedRedirect[],
  unmatched: UnmatchedRedirect,
): readonly UnmatchedRedirect[] {
  const sentence = unmatchedSentence(unmatched);
  if (known.length >= most || known.some((other) => unmatchedSentence(other) === sentence)) return known;
  return [...known, unmatched];
}
