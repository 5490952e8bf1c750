import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { tryPkce } from '../pkceRefusal.ts';
import { rfc } from '../../source.ts';

/** A challenge that no verifier can have. */
export const malformedChallenge: Check = {
  id: 'pkce.malformed-challenge',
  area: 'pkce',
  title: 'A malformed challenge',
  tries: 'Asks for a code with a code_challenge of three characters.',
  expects: 'It refuses: a challenge has 43 to 128 characters of a fixed alphabet.',
  judged: 'A code is a weakness: the mistake shows only at the token endpoint, if at all.',
  sources: [rfc(7636, '4.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    const trial = await tryPkce(bench, { set: { code_challenge: 'abc' } });
    if (trial.refused) return pass(`For a challenge of three characters the server ${trial.how}.`);
    return weakness(
      'The server gives a code for a challenge that cannot be one.',
      'Refuse authorization requests whose code_challenge is not 43 to 128 characters of A-Z a-z 0-9 - . _ ~.',
    );
  },
};
