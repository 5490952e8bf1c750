import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { tryPkce } from '../pkceRefusal.ts';
import { rfc } from '../../source.ts';

/** A method that does not exist must not be taken for one that does. */
export const unknownMethod: Check = {
  id: 'pkce.unknown-method',
  area: 'pkce',
  title: 'An unknown method',
  tries: 'Asks for a code with code_challenge_method=S999.',
  expects: 'It refuses the request with invalid_request.',
  judged: 'A code fails: the server ignores what it does not know.',
  sources: [rfc(7636, '4.4.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    const trial = await tryPkce(bench, { set: { code_challenge_method: 'S999' } });
    if (trial.refused) return pass(`For an unknown method the server ${trial.how}.`);
    return fail(
      'The server gives a code for a PKCE method that does not exist: it ignores the method, or takes what it does not know for one that it knows.',
      'Refuse every code_challenge_method but S256.',
    );
  },
};
