import type { Check } from '../check.ts';
import { hear } from '../heard.ts';
import { pass, weakness } from '../judgement.ts';
import { userinfoToken } from '../userinfoToken.ts';
import { rfc } from '../../source.ts';

/** URLs end up in logs. */
export const inQuery: Check = {
  id: 'token.in-query',
  area: 'token',
  title: 'A token in the query is refused',
  tries: 'Sends an access token to the userinfo endpoint in the URL.',
  expects: 'It refuses.',
  judged: 'An answer with data is a weakness: URLs are kept in logs and histories.',
  sources: [rfc(9700, '4.3.2'), rfc(6750, '5.3')],
  needs: { authorization: true, signIn: 'always', endpoint: 'userinfo' },
  requests: 4,
  signIns: 1,
  async run(bench) {
    const { accessToken } = await userinfoToken(bench);
    const url = new URL(bench.server.userinfoEndpoint ?? '');
    url.searchParams.set('access_token', accessToken);
    const response = await bench.send('userinfo', url.href);
    if ((await hear(response)) === 'served')
      return weakness(
        'The userinfo endpoint takes the access token from the URL.',
        'Take access tokens only from the Authorization header.',
      );
    return pass(`A token in the URL is refused with status ${response.status}.`);
  },
};
