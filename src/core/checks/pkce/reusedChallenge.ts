import { random } from '../authorizationRequest.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { ErrorShown } from '../errorShown.ts';
import { refusal } from '../pkceRefusal.ts';
import { rfc, oauth21 } from '../../source.ts';

/** A constant challenge does not protect; servers are encouraged to notice. */
export const reusedChallenge: Check = {
  id: 'pkce.reused-challenge',
  area: 'pkce',
  title: 'A challenge used again',
  tries: 'Signs in twice with the same code_challenge.',
  expects: 'It refuses the second request; the specifications encourage this, they do not demand it.',
  judged:
    'A second code is a weakness that matters only for clients with a constant challenge; this extension makes a new one each time.',
  sources: [rfc(9700, '2.1.1'), oauth21('4.1.1')],
  needs: { authorization: true, signIn: 'always' },
  requests: 0,
  signIns: 2,
  async run(bench) {
    const verifier = random();
    await bench.code({}, { verifier });
    const said = await refused(bench, verifier);
    if (said !== undefined) return pass(`For a challenge that was used before the server ${said}.`);
    return weakness(
      'The server does not notice a challenge that was used before. This client is not affected: it makes a new one for each sign-in.',
      'Remember used challenges for a while and refuse them.',
    );
  },
};

/** How the server refuses a second sign-in with the challenge of this verifier; undefined when it does not. */
async function refused(bench: Bench, verifier: string): Promise<string | undefined> {
  try {
    const { code, parameters } = await bench.authorize({}, { verifier });
    return code === undefined ? refusal(parameters) : undefined;
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return thrown.does;
    throw thrown;
  }
}
