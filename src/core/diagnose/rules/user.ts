import { asksForAccess, inBrowser } from '../asked.ts';
import { grantOf } from '../../grants/all.ts';
import { plainText } from '../../http/plainText.ts';
import { hasRedirect } from '../../profile/profile.ts';
import { nothingCame } from './unmatched.ts';
import type { Facts } from '../facts.ts';
import type { Cause } from '../explanation.ts';
import type { QuickFix } from '../quickFix.ts';
import { said, type Rule } from '../rule.ts';
import { rfc, openid } from '../../source.ts';

/** The standard's code for it, and LinkedIn's. */
const declined = ['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'];

/** The user, or a policy about the user, said no. @see RFC 6749 section 4.1.2.1 */
export const accessDenied: Rule = (facts) => {
  if (!said(facts, ...declined) || !grantOf(facts.profile).actsForUser || !inBrowser(facts)) return [];
  return [
    {
      id: 'user-said-no',
      weight: 60,
      title: 'The sign-in or the consent was declined, by the user or by a policy of the server.',
      evidence: [`The server came back with ${plainText(facts.error ?? 'access_denied', 100)}.`],
      steps: [
        'Sign in again and consent.',
        'If nobody declined, ask an administrator whether the user may use this client.',
      ],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(6749, '4.1.2.1'),
    },
  ];
};

/** `prompt=none` where a user has to do something. @see OpenID Connect Core 1.0 section 3.1.2.6 */
export const promptNone: Rule = (facts) => {
  const { failure, profile } = facts;
  if (
    failure.step === 'sign_out' ||
    !said(facts, 'login_required', 'interaction_required', 'consent_required', 'account_selection_required')
  )
    return [];
  const browser = asksBrowser(facts);
  const none = sentPrompt(facts).join(' ') === 'none';
  const ofUser = grantOf(profile).actsForUser;
  return [
    {
      id: 'user-has-to-act',
      weight: none ? 92 : 70,
      title: `The user has to sign in, choose or consent, and ${browser ? 'was not asked' : 'cannot be asked here'}.`,
      evidence: none ? ['The profile sends prompt=none.'] : ['The server asks for it.'],
      steps: [
        browser
          ? 'Let the server ask: send prompt=login (or no prompt at all).'
          : ofUser
            ? 'Sign in again in the browser: the server asks there.'
            : 'Use a grant with which a user signs in: in this one there is none who could be asked.',
      ],
      fixes: none
        ? [{ kind: 'set_authorization_parameter', name: 'prompt', value: 'login' }]
        : [ofUser ? { kind: 'sign_in' } : { kind: 'edit_profile', field: 'grant' }],
      source: openid('3.1.2.6'),
    },
  ];
};

/** `prompt=none` beside another value, which is an error. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const promptNotAlone: Rule = (facts) => {
  const prompt = sentPrompt(facts);
  const others = prompt.filter((value) => value !== 'none');
  if (!said(facts, 'invalid_request') || others.length === 0 || others.length === prompt.length) return [];
  return [
    {
      id: 'prompt-none-not-alone',
      weight: 86,
      title: 'The prompt is none and something else, and none must stand alone.',
      evidence: [`The profile sends prompt=${plainText(prompt.join(' '), 100)}.`],
      steps: ['Send none alone, or the other value without it.'],
      fixes: [{ kind: 'set_authorization_parameter', name: 'prompt', value: others.join(' ') }],
      source: openid('3.1.2.1'),
    },
  ];
};

/** Whether what failed is the browser's request, or was pushed for it. */
function asksBrowser(facts: Facts): boolean {
  return inBrowser(facts) || facts.exchange?.purpose === 'par';
}

/** The values of the prompt that was sent: no other request than the browser’s has one. */
function sentPrompt(facts: Facts): readonly string[] {
  const { profile } = facts;
  if (!hasRedirect(profile) || !asksBrowser(facts)) return [];
  return (profile.prompt ?? profile.authorizationParameters['prompt'] ?? '').split(' ').filter(Boolean);
}

/** What the browser brought back cannot be used, or nothing came. @see RFC 6749 section 4.1.2, RFC 9207 section 2.4 */
export const redirectUnusable: Rule = (facts) => {
  const { failure } = facts;
  if (nothingCame(facts)) return [nobodyCameBack(facts)];
  if (failure.kind !== 'invalid_redirect') return [];
  const { code, expected, received } = failure;
  const known = redirectCodes[code === 'code_missing' && received !== undefined ? 'code_twice' : code];
  const { title, evidence, steps } = known ?? {
    title: failure.message,
    evidence: [],
    steps: ['Sign in again.'],
  };
  const compared = [
    ...(expected === undefined ? [] : [`Expected: ${expected}`]),
    ...(received === undefined ? [] : [`Received: ${received}`]),
  ];
  return [
    {
      id: `redirect-${code}`.slice(0, 60),
      weight: 70,
      title,
      evidence: compared.length > 0 ? compared : code === 'code_missing' ? [failure.message] : evidence,
      steps,
      fixes: [{ kind: 'sign_in' }, ...(code === 'iss_wrong' ? [editIssuer] : [])],
    },
  ];
};

function nobodyCameBack(facts: Facts): Cause {
  const { failure, profile } = facts;
  const scopes =
    profile.scopes.length === 0 || !asksForAccess(facts)
      ? ''
      : ` with the scopes ${plainText(profile.scopes.join(' '), 300)}`;
  return {
    id: 'nobody-came-back',
    weight: 50,
    title:
      failure.kind === 'timeout'
        ? 'Nobody came back from the browser in time.'
        : 'Nobody had come back from the browser when the sign-in was cancelled.',
    evidence: [
      ...(failure.kind === 'timeout' ? [`The listener waited ${failure.seconds} s.`] : []),
      `Sent: the client ID ${JSON.stringify(profile.clientId).slice(0, 120)}${scopes}.`,
    ],
    steps: [
      'Finish the sign-in in the browser.',
      'If the browser shows an error of the server, that is the reason: read it there. A client ID, redirect URI or scope that it does not take is often said on its own page only.',
      'If the browser cannot reach this machine, paste the address it was sent to.',
    ],
    fixes: [
      { kind: 'sign_in' },
      { kind: 'edit_profile', field: 'clientId' },
      { kind: 'edit_profile', field: 'scopes' },
    ],
  };
}

const editIssuer: QuickFix = { kind: 'edit_profile', field: 'issuer' };

const redirectCodes: Readonly<
  Record<string, { title: string; evidence: readonly string[]; steps: readonly string[] } | undefined>
> = {
  code_missing: {
    title: 'The server sent the browser back without a code.',
    evidence: [],
    steps: ['Check the extra authorization parameters: response_type must be code.', 'Sign in again.'],
  },
  iss_missing: {
    title: 'The server promises to name itself in the redirect, and did not.',
    evidence: ['authorization_response_iss_parameter_supported is true in its metadata.'],
    steps: ['Sign in again. If it stays, the answer may come from another server: do not use it.'],
  },
  code_twice: {
    title: 'The server sent the browser back with more than one code.',
    evidence: [],
    steps: ['Sign in again; if it stays, report it to the operator of the server.'],
  },
  iss_twice: {
    title: 'The redirect names its issuer more than once.',
    evidence: ['A parameter of a redirect must not come twice.'],
    steps: ['Sign in again; if it stays, report it to the operator of the server.'],
  },
  iss_wrong: {
    title: 'The redirect names another issuer than the one that was asked.',
    evidence: ['The iss of the redirect is not the issuer of the server’s metadata or of the profile.'],
    steps: [
      'Compare the issuer of the profile with what the server calls itself.',
      'If it is right, do not use the answer: someone may be mixing servers up.',
    ],
  },
  fragment: {
    title: 'The server put its answer behind a #, where only scripts in the browser can read it.',
    evidence: ['The redirect has a fragment instead of a query.'],
    steps: [
      'Remove response_mode and response_type from the extra authorization parameters.',
      'Check that the client is registered as a native or web app, not as a single-page one.',
    ],
  },
};
