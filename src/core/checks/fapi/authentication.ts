import { authenticationOf } from '../../authentication/all.ts';
import type { Check } from '../check.ts';
import { tryClient } from '../clientTrial.ts';
import { withoutAuthentication } from '../credentials.ts';
import { fail, pass } from '../judgement.ts';
import { describeToken } from '../tokenAnswer.ts';
import { fapi2 } from '../../source.ts';

/** A secret that both sides know proves too little. */
export const fapiAuthentication: Check = {
  id: 'fapi.authentication',
  area: 'fapi',
  title: 'The client proves itself with a key',
  tries: 'Looks at how the profile proves itself, and sends a token request with the client ID alone.',
  expects: 'It is private_key_jwt or mutual TLS, and the server refuses anything less.',
  judged: 'A secret, or a token without proof, fails.',
  sources: [fapi2('5.3.2.1')],
  needs: { fapi: true, signIn: 'maybe' },
  requests: 3,
  signIns: 1,
  async run(bench) {
    const { id, proves, usesSecret } = authenticationOf(bench.profile);
    if (!proves || usesSecret)
      return fail(`This client uses ${id}.`, 'Register a key for it: private_key_jwt or mutual TLS.');
    const { accepted, answer } = await tryClient(bench, withoutAuthentication(await bench.credentials()));
    if (accepted)
      return fail('The server gives tokens for the client ID alone.', 'Require the key of the client.');
    return pass(`It uses ${id}; without that the server ${describeToken(answer)}.`);
  },
};
