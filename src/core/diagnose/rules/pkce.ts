import { inBrowser } from '../asked.ts';
import { wasRefused, type Rule } from '../rule.ts';
import { authorizationSent } from '../sentParameters.ts';
import { ownWords, spelledOut, tellingWords } from '../tellingWords.ts';
import { rfc } from '../../source.ts';

/** Words about the challenge, and not about the verifier. */
export const ofChallenge = /\bpkce\b|code challenge|proof key for code|transform algorithm/i;
const ofMethod = /\bmethod\b|\btransform\b|\bs256\b|\bplain\b/i;

/** What a server without a code challenge is told to want. */
export const wantsPkce =
  'The server wants PKCE: a code_challenge of the method S256 in the authorization request.';

/** The authorization request is refused for its code challenge, or for having none. @see RFC 7636 section 4.4.1 */
export const pkceWanted: Rule = (facts) => {
  const { exchange, exchanges } = facts;
  if (!wasRefused(facts) || (!inBrowser(facts) && exchange?.purpose !== 'par')) return [];
  const said = tellingWords(facts).map(spelledOut);
  const told = said.filter((sentence) => ofChallenge.test(sentence));
  if (told.length === 0) return [];
  const sent = authorizationSent(exchanges)?.has('code_challenge') === true;
  const method = told.some((sentence) => ofMethod.test(sentence.replace(/authentication method/i, '')));
  return [
    {
      id: 'pkce-wanted',
      weight: 84,
      title: sent
        ? 'The server does not take the request’s code challenge (PKCE), or does not find it.'
        : wantsPkce,
      evidence: [ownWords, ...(sent ? ['Sent: a code_challenge of the method S256.'] : [])],
      steps: !sent
        ? [
            'Send code_challenge and code_challenge_method=S256, and the code_verifier with the code; a profile here does.',
          ]
        : method
          ? ['Have the server take the method S256 from this client: no other is sent here.']
          : [
              'See what takes parameters off on the way to the server: a gateway, or a page of its own before it.',
            ],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(7636, '4.4.1'),
    },
  ];
};
