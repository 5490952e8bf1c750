import { hasRedirect } from '../../profile/profile.ts';
import { inBrowser } from '../asked.ts';
import { sentParameters } from '../sentParameters.ts';
import { edit, signIn } from '../usualFixes.ts';
import { asked, clientSent, forUser, type Topic } from './topic.ts';
import { gone, near, off, wrong } from './words.ts';

/** What servers say of the user, and of what only a new sign-in mends. */
export const signInTopics: readonly Topic[] = [
  {
    id: 'cookies-lost',
    words:
      /\bcookies? (?:is |are |was |were )?(?:not (?:found|enabled|present|sent)|missing|blocked|disabled)|\b(?:no|missing|enable|allow) (?:\w+ )?cookies?\b|\bcorrelation failed\b/i,
    weight: 83,
    title: 'The server’s words say that the browser did not bring back its cookie.',
    steps: [
      'Start the sign-in anew, in one tab: an old page, or one that was opened twice, has no cookie any more.',
      'Have the browser keep the server’s cookies: blockers, private windows, and http in place of https lose them, and to a browser localhost and 127.0.0.1 are two hosts.',
    ],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'other-sign-in-failed',
    words:
      /\binternaloautherror\b|\bfailed to (?:fetch|obtain|get|load) (?:the |an? )?(?:user ?info|user profile|profile|access token)\b|\b(?:identity|external|upstream|social) (?:identity )?provider\b.{0,40}\b(?:error|fail(?:ed|ure)|returned|unavailable)\b|\b(?:error|failure) (?:from|at|of|in) (?:the |an? )?(?:identity|external|upstream|social) (?:identity )?provider\b/i,
    weight: 80,
    title: 'The server had the user sign in at another one, and that failed.',
    steps: [
      'Sign in again, or in another way if the server’s page offers one.',
      'If it stays, have whoever runs the server look at its connection to the other one: client, secret and scopes there.',
    ],
    fixes: signIn,
    fits: (facts) => forUser(facts) && inBrowser(facts),
  },
  {
    id: 'code-not-taken',
    words: new RegExp(
      `${near('code', `${wrong}|${gone}|consumed|already|(?:re)?used|revoked`, 40).source}|\\bfor (?:the )?given authori[sz]ation code\\b|^(?:bad_verification|invalid)_code$`,
      'i',
    ),
    // A user code is sent nowhere with an authorization code: Zitadel’s “Errors.User.Code.Invalid” speaks of the latter.
    not: /verifier|challenge|status|pkce|redirect|device/i,
    weight: 76,
    title:
      'The server’s words say that it does not take the code: it has ended, was used before, or is another client’s.',
    steps: ['Sign in again, and let nothing else take the redirect.'],
    fixes: signIn,
    fits: ({ error, exchange }) =>
      error !== 'invalid_grant' && exchange?.leg === 'extension' && sentParameters(exchange).has('code'),
  },
  {
    id: 'refresh-token-not-taken',
    words: new RegExp(
      `${near('refresh[ _-]?token', `${wrong}|${gone}|revoked|already|used`, 40).source}|^invalid_code$`,
      'i',
    ),
    weight: 76,
    title: 'The server’s words say that it does not take the refresh token.',
    steps: ['Sign in again.'],
    fixes: signIn,
    fits: ({ error, failure }) => failure.step === 'refresh' && error !== 'invalid_grant',
  },
  {
    id: 'refresh-token-of-another-client',
    words:
      /\btoken client\b.{0,40}\bmatch|\btoken\b.{0,60}\b(?:another|other|different) client|\btoken\b.{0,40}\bnot (?:issued|belong)[^.]{0,30}\bclient/i,
    not: /\bor\b/i,
    weight: 84,
    title: 'The server’s words say that the refresh token is another client’s.',
    steps: ['Sign in with this client: a refresh token works only for the one that it was issued to.'],
    fixes: (facts) => [...signIn(facts), edit('clientId')],
    evidence: clientSent,
    fits: ({ failure }) => failure.step === 'refresh',
  },
  {
    id: 'email-not-verified',
    words: near(
      'e-?mail(?: address)?',
      String.raw`verify|not (?:been )?verified|unverified|confirm|not (?:been )?confirmed`,
      40,
    ),
    not: /domain/i,
    weight: 83,
    title: 'The user’s e-mail address is not verified yet.',
    steps: ['Have the user open the server’s mail and confirm the address, then sign in again.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'users-account',
    words: near(
      'user|account',
      `unverified|verified (?:primary )?email|not verified|${off}|locked out|expired|not fully set ?up|${gone}`,
      30,
    ),
    not: /service account|session|client|user code/i,
    weight: 82,
    title: 'The server’s words say that the user’s account cannot be used.',
    steps: ['Have the account looked at by whoever runs the server, then sign in again.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'sign-in-timed-out',
    words: near('authentication|sign-?in|login', 'expired|time(?:d ?|-)?out', 20),
    not: /client|token|code/i,
    weight: 83,
    title: 'The server’s words say that its sign-in page was open for too long.',
    steps: ['Sign in again, from a new page.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'refresh-token-of-another-issuer',
    words: near('token issuer|issuer', wrong, 30),
    weight: 84,
    title:
      'The server’s words say that the refresh token names another issuer: it was issued under another address of the server.',
    steps: ['Sign in again at the address that is asked now.', 'Have the server use one host name for all.'],
    fixes: signIn,
    evidence: asked,
    fits: ({ failure }) => failure.step === 'refresh',
  },
  {
    id: 'session-ended',
    words: near(
      'session',
      `not active|expired|ended|invalid|terminated|revoked|idle|doesn't have|${gone}`,
      40,
    ),
    not: /csrf/i,
    weight: 82,
    title: 'The user’s session at the server has ended, and what was issued in it with it.',
    steps: [
      'Sign in again.',
      'For a refresh token that outlives the session, servers want a scope such as offline_access.',
    ],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'second-factor',
    words: /multi-?factor|\bmfa\b|second factor|two-?factor/i,
    weight: 82,
    title: 'The server wants a second factor of the user.',
    steps: ['Sign in again in the browser, with the second factor.'],
    fixes: signIn,
    fits: forUser,
  },
  {
    id: 'consent-wanted',
    words:
      /\bconsent|not (?:been |admin |yet )?approved|(?:has ?n[’']t|has not|have not) approved|needs? approval/i,
    // The user was asked, or it is no user that approves.
    not: /redirect|callback|\b(?:den(?:y|ied)|declined|rejected|refused|cancell?ed)\b/i,
    weight: 78,
    title: 'The server wants a consent that nobody has given.',
    steps: ['Have it given: by the user at a new sign-in, or by an administrator.'],
    fixes: ({ profile }) =>
      hasRedirect(profile)
        ? [{ kind: 'set_authorization_parameter', name: 'prompt', value: 'consent' }, { kind: 'sign_in' }]
        : [],
  },
];
