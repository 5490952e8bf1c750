import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { oauth21, rfc } from '../sources.ts';
import { broken, describeToken, issued } from '../tokenAnswer.ts';

/** The grant that gives a user's password to the client. */
export const passwordGrant: Check = {
  id: 'client.password-grant',
  area: 'client',
  title: 'The password grant is refused',
  tries: 'Sends a token request with grant_type=password and a user that does not exist.',
  expects: 'It refuses with unsupported_grant_type or unauthorized_client.',
  judged: 'A token, or a complaint about the user or password, fails: the grant is on.',
  sources: [rfc(9700, '2.4'), oauth21('10.1')],
  needs: {},
  requests: 1,
  signIns: 0,
  async run(bench) {
    const answer = await bench.token([
      ['grant_type', 'password'],
      ['username', 'oauth-explorer-check'],
      ['password', 'not-a-password'],
    ]);
    if (broken(answer)) return notDetermined(`The token endpoint ${describeToken(answer)}.`);
    if (answer.error === 'invalid_client') return notDetermined('The server refuses the client itself.');
    if (!issued(answer) && answer.error !== 'invalid_grant')
      return pass(`For the password grant the server ${describeToken(answer)}.`);
    return fail(
      'The server offers this client the password grant, in which the client sees the password of the user.',
      'Switch the password grant off for this client.',
    );
  },
};
