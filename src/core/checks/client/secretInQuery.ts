import type { Check } from '../check.ts';
import { tryClient } from '../clientTrial.ts';
import { pass, weakness } from '../judgement.ts';
import { describeToken } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** URLs end up in logs. */
export const secretInQuery: Check = {
  id: 'client.secret-in-query',
  area: 'client',
  title: 'A secret in the query is refused',
  tries: 'Sends a token request with client ID and secret in the URL.',
  expects: 'It refuses: they must not be there.',
  judged: 'A token is a weakness: other clients of the server may have their secrets in its logs.',
  sources: [rfc(6749, '2.3.1')],
  needs: { secret: 'sent', signIn: 'maybe' },
  requests: 3,
  signIns: 1,
  caution:
    'Puts your real client secret into a URL of the server, which may write it to its log. Choose it for test clients only.',
  async run(bench) {
    const { accepted, answer } = await tryClient(bench, { ...(await bench.credentials()), inQuery: true });
    if (accepted)
      return weakness(
        'The server accepts the client secret in the URL, where logs and proxies keep it.',
        'Take client credentials only from the Authorization header or the form body.',
      );
    return pass(`For a secret in the URL the server ${describeToken(answer)}.`);
  },
};
