import { hasRedirect } from '../../profile/profile.ts';
import { namesSeveral } from '../severalReasons.ts';
import { refusedSilently, said, type Rule } from '../rule.ts';
import { tellingWords } from '../tellingWords.ts';
import { authorizationSent, sentParameters } from '../sentParameters.ts';
import { rfc } from '../../source.ts';
import { s256 } from '../../s256.ts';

/** The verifier does not fit the challenge. @see RFC 7636 section 4.6 */
export const pkceMismatch: Rule = (facts) => {
  const { exchange, failure, profile } = facts;
  if (failure.step !== 'token' || !hasRedirect(profile) || !exchange) return [];
  if (!said(facts, 'invalid_grant', 'invalid_request')) return [];
  const speaks = /pkce|code[ _-]?(?:verifier|challenge)/i;
  // A sentence of its own says more than a list of what may be wrong.
  const sentences = tellingWords(facts).filter((sentence) => speaks.test(sentence));
  const told = sentences.length > 0 || speaks.test(facts.words.slice(0, 2000));
  const several = sentences.length === 0 || sentences.every(namesSeveral);
  const challenge = authorizationSent(facts.exchanges)?.get('code_challenge');
  const verifier = sentParameters(exchange).get('code_verifier');
  const fits = challenge !== undefined && verifier !== undefined && s256(verifier) === challenge;
  const differs = challenge !== undefined && !fits;
  if (!told && !differs) return [];
  const replaced = ['code_challenge', 'code_challenge_method', 'code_verifier'].filter(
    (name) => name in profile.authorizationParameters || name in profile.tokenParameters,
  );
  return [
    {
      id: 'pkce-mismatch',
      weight: differs ? 95 : fits && several ? 40 : 75,
      title: 'The server does not accept the code verifier.',
      evidence: [
        differs
          ? 'The SHA-256 of the verifier that was sent is not the challenge of the authorization request.'
          : !fits
            ? 'The server’s own words speak of it.'
            : 'Verifier and challenge of this run fit each other, as re-computed here: the server compares with another challenge, or the code is of another run.',
        ...replaced.map((name) => `The profile’s extra parameters replace ${name}.`),
      ],
      steps: [
        ...(replaced.length > 0 ? [`Remove ${replaced.join(', ')} from the extra parameters.`] : []),
        'Get a token again: each run makes a new verifier.',
      ],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(7636, '4.6'),
    },
  ];
};

/** A code that waited too long. @see RFC 6749 section 4.1.2: ten minutes at most, often one */
export const codeTooOld: Rule = (facts) => {
  const { exchange, exchanges, failure } = facts;
  if (failure.step !== 'token' || !exchange || !said(facts, 'invalid_grant', 'bad_verification_code'))
    return [];
  const came = exchanges.findLast(({ purpose, ignored }) => purpose === 'redirect' && !ignored);
  const seconds = came ? Math.round((exchange.startedAt - came.startedAt) / 1000) : 0;
  if (seconds <= 60) return [];
  return [
    {
      id: 'code-too-old',
      weight: 86,
      title: 'The authorization code was too old when it was exchanged.',
      evidence: [`${seconds} s passed between the redirect and the token request; many servers allow 60 s.`],
      steps: ['Get a token again, without a pause in between.'],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(6749, '4.1.2'),
    },
  ];
};

/** A code that was exchanged before. @see RFC 6749 section 4.1.2 */
export const codeUsedTwice: Rule = (facts) => {
  const { exchange, exchanges, earlier, failure } = facts;
  if (failure.step !== 'token' || !exchange) return [];
  const code = sentParameters(exchange).get('code');
  if (code === undefined || (!facts.error && !refusedSilently(facts))) return [];
  const before = [...earlier.slice(-50).flatMap((report) => report.exchanges), ...exchanges].filter(
    (other) => other !== exchange && other.purpose === 'token' && other.startedAt <= exchange.startedAt,
  );
  if (!before.some((other) => sentParameters(other).get('code') === code)) return [];
  return [
    {
      id: 'code-used-twice',
      weight: 94,
      title: 'The authorization code was exchanged before, and a code works once.',
      evidence: ['An earlier token request of this session carried the same code.'],
      steps: ['Sign in again for a new code. The server may have revoked what the first exchange gave.'],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(6749, '4.1.2'),
    },
  ];
};

/** Nothing more is known than that the code was refused. @see RFC 6749 section 5.2 */
export const codeRefused: Rule = (facts) => {
  const { exchange, failure, profile } = facts;
  if (failure.step !== 'token' || !hasRedirect(profile)) return [];
  const silent = refusedSilently(facts);
  if (!exchange || (!silent && !said(facts, 'invalid_grant'))) return [];
  return [
    {
      id: 'code-refused',
      weight: 42,
      title: 'The code expired, was used before, or was issued to another client or redirect URI.',
      evidence: [
        silent
          ? 'The server refused the code exchange without a word.'
          : 'The server said invalid_grant to the code exchange.',
      ],
      steps: ['Sign in again.'],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(6749, '5.2'),
    },
  ];
};
