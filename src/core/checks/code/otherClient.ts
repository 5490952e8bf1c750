import { madeUpCode } from '../bench.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { refusesClient } from '../refusedClient.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A code belongs to the client that asked for it. */
export const otherClient: Check = {
  id: 'code.other-client',
  area: 'code',
  title: 'A code of one client used by another',
  tries:
    'Signs in for this profile and redeems the code as the client of another profile of the same server.',
  expects: 'It refuses with invalid_grant.',
  judged: 'A token fails.',
  sources: [rfc(6749, '4.1.3')],
  needs: { authorization: true, signIn: 'always', otherClient: true },
  requests: 3,
  signIns: 1,
  async run(bench) {
    await bench.reference();
    const credentials = await bench.otherCredentials();
    const answer = await bench.wrongly(
      () => bench.code(),
      (code) => bench.redeem(code, {}, credentials),
    );
    const why = await refusesClient(answer, credentials, (as) => bench.token(madeUpCode(bench), as));
    if (why !== undefined) return notDetermined(why);
    if (!issued(answer)) return pass(`For a code of another client the server ${describeToken(answer)}.`);
    return fail(
      'The server gives one client tokens for a code of another one.',
      'Keep with each code the client it was issued to, and compare.',
    );
  },
};
