import { authenticationOf } from '../../authentication/all.ts';
import type { Check } from '../check.ts';
import { tryClient } from '../clientTrial.ts';
import { withWrongSecret } from '../credentials.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** The secret is really compared, and a refusal says so in the right words. */
export const wrongSecret: Check = {
  id: 'client.wrong-secret',
  area: 'client',
  title: 'A wrong secret is refused',
  tries: 'Sends a token request with a wrong client secret.',
  expects: 'It refuses with invalid_client; for HTTP Basic with status 401 and WWW-Authenticate.',
  judged: 'A token fails; a refusal in other words is a weakness.',
  sources: [rfc(6749, '5.2')],
  needs: { secret: true, signIn: 'maybe' },
  requests: 3,
  signIns: 1,
  async run(bench) {
    const { accepted, answer } = await tryClient(bench, withWrongSecret(await bench.credentials()));
    if (accepted)
      return fail(
        'The server does not compare the client secret: a wrong one gets a token.',
        'Compare the client secret.',
      );
    const wrong: string[] = [];
    if (answer.error !== 'invalid_client') wrong.push('the error is not invalid_client');
    if (authenticationOf(bench.profile).inHeader === true) {
      if (answer.status !== 401) wrong.push(`the status is ${answer.status} and not 401`);
      if (!answer.headers.has('www-authenticate')) wrong.push('WWW-Authenticate is missing');
    } else if (answer.status !== 400 && answer.status !== 401) wrong.push(`the status is ${answer.status}`);
    if (wrong.length === 0) return pass('A wrong secret is refused as RFC 6749 says.');
    return weakness(
      `A wrong secret is refused, but ${wrong.join(' and ')}, so a client cannot tell what is wrong.`,
      'Answer a failed client authentication with invalid_client, and with status 401 and WWW-Authenticate when it came by HTTP Basic.',
    );
  },
};
