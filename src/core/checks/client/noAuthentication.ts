import type { Check } from '../check.ts';
import { tryClient } from '../clientTrial.ts';
import { withoutAuthentication } from '../credentials.ts';
import { fail, pass } from '../judgement.ts';
import { describeToken } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A client that can authenticate must do so. */
export const noAuthentication: Check = {
  id: 'client.no-authentication',
  area: 'client',
  title: 'A confidential client must authenticate',
  tries: 'Sends a token request with the client ID alone.',
  expects: 'It refuses with invalid_client.',
  judged: 'A token fails.',
  sources: [rfc(6749, '3.2.1')],
  needs: { proof: true, signIn: 'maybe' },
  requests: 3,
  signIns: 1,
  async run(bench) {
    const { accepted, answer } = await tryClient(bench, withoutAuthentication(await bench.credentials()));
    if (accepted)
      return fail(
        'The server gives this client tokens without client authentication.',
        'Require client authentication of every client that has a secret or a key.',
      );
    return pass(`Without client authentication the server ${describeToken(answer)}.`);
  },
};
