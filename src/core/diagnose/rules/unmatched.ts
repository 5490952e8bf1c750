import { withoutEncryption } from '../../oauth/isJwt.ts';
import { unmatchedSentence, withUnmatched } from '../../oauth/unmatched.ts';
import type { UnmatchedRedirect } from '../../record/unmatched.ts';
import { hasRedirect, type Profile } from '../../profile/profile.ts';
import type { Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import type { QuickFix } from '../quickFix.ts';
import type { Rule } from '../rule.ts';
import { rfc } from '../../source.ts';

/** What came in the form of a redirect while a sign-in waited for its own. */
function unmatchedIn({ failure, exchanges }: Facts): readonly UnmatchedRedirect[] {
  if (failure.kind === 'timeout' && failure.unmatched !== undefined) return failure.unmatched;
  const came = exchanges.flatMap(({ unmatched }) => unmatched ?? []);
  return came.reduce<readonly UnmatchedRedirect[]>(withUnmatched, []);
}

/** Whether a sign-in ended without any redirect: servers show some errors to the user, and do not send the browser back. */
export function nothingCame(facts: Facts): boolean {
  const { step, kind } = facts.failure;
  return (
    step === 'redirect' && (kind === 'timeout' || kind === 'cancelled') && unmatchedIn(facts).length === 0
  );
}

/** A redirect that cannot be tied to the sign-in, which waited on until it was ended. @see RFC 6749 sections 4.1.2.1 and 10.12 */
export const redirectNotTied: Rule = (facts) => {
  const { failure, profile } = facts;
  const waited = failure.step === 'redirect' || failure.step === 'browser';
  if (!waited || (failure.kind !== 'timeout' && failure.kind !== 'cancelled')) return [];
  return unmatchedIn(facts).map((unmatched) => ({
    id: `redirect-not-tied-${unmatched.why.replaceAll('_', '-')}`,
    weight: ['other_state', 'too_large', 'empty'].includes(unmatched.why) ? 80 : 90,
    title: unmatchedSentence(unmatched),
    evidence: [
      'It came to the listener while the sign-in waited, and was not used: any web page could have sent it.',
      ...meant(unmatched),
    ],
    steps: steps[unmatched.why],
    fixes: fixesFor(unmatched, profile),
    source: rfc(6749, unmatched.error === undefined ? '10.12' : '4.1.2.1'),
  }));
};

function meant({ error }: UnmatchedRedirect): readonly string[] {
  const meaning = error === undefined ? undefined : errorMeaning(error, 'authorization');
  return meaning === undefined ? [] : [`If the server sent it, ${error} means: ${meaning.text}`];
}

const again = 'Sign in again.';

const steps: Readonly<Record<UnmatchedRedirect['why'], readonly string[]>> = {
  no_state: [
    again,
    'If it stays, the server leaves the state out, which it must send back: report it to its operator, and read its error above.',
  ],
  other_state: [
    again,
    'It is most often the redirect of an earlier sign-in, in a tab that was left open: close that tab.',
  ],
  several_states: [again, 'Remove state from the extra parameters and from the query of the redirect URI.'],
  other_path: [
    'Register the redirect URI exactly as the profile has it, or set the one that is registered: a proxy or the server changed its path.',
  ],
  post: ['Ask for the response in the query, or have it sent as a form: response_mode says which.'],
  empty: [
    'If you opened or loaded the address again yourself, go on where the server asked you to sign in.',
    'Otherwise the server gave no answer, or a proxy took the query off: read what the page of the server said before.',
  ],
  fragment: ['Ask for the response in the query: response_mode=query.'],
  encrypted: [withoutEncryption('authorization_encrypted_response_alg'), again],
  too_large: [
    'Delete the cookies of this host in the browser: those of every local application are sent to it. A private window has none.',
    again,
  ],
};

function fixesFor({ why, path = '' }: UnmatchedRedirect, profile: Profile): readonly QuickFix[] {
  const mode = (value: string): QuickFix => ({
    kind: 'set_authorization_parameter',
    name: 'response_mode',
    value,
  });
  const signIn: QuickFix = { kind: 'sign_in' };
  switch (why) {
    case 'post':
      return [mode('form_post'), mode('query')];
    case 'fragment':
      return [mode('query'), signIn];
    case 'other_path': {
      const redirectUri = withPath(profile, path);
      const edit: QuickFix = { kind: 'edit_profile', field: 'redirectUri' };
      return redirectUri === undefined ? [edit] : [{ kind: 'set_redirect_uri', redirectUri }, edit];
    }
    default:
      return [signIn];
  }
}

/** The profile's redirect URI with another path, its host, port and query untouched; only for a path of plain characters. */
function withPath(profile: Profile, path: string): string | undefined {
  if (!hasRedirect(profile) || path.length > 200 || !/^\/[\w./~-]*$/.test(path)) return undefined;
  const [, before = '', after = ''] =
    /^(https?:\/\/[^/?#]+)(?:\/[^?#]*)?((?:[?#].*)?)$/s.exec(profile.redirectUri) ?? [];
  return before === '' ? undefined : `${before}${path}${after}`;
}
