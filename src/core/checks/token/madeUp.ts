import type { Check } from '../check.ts';
import { hear } from '../heard.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { expectUserinfo, madeUpToken } from '../tokenUse.ts';
import { rfc } from '../../source.ts';

/** The token is checked, and refused in the right words. */
export const madeUp: Check = {
  id: 'token.made-up',
  area: 'token',
  title: 'A made-up token is refused',
  tries: 'Sends a made-up access token to the userinfo endpoint.',
  expects: 'It refuses with status 401 and WWW-Authenticate.',
  judged: 'An answer with data fails; a refusal in other words is a weakness.',
  sources: [rfc(6750, '3'), rfc(6750, '3.1')],
  needs: { authorization: true, endpoint: 'userinfo' },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const userinfoEndpoint = bench.endpoint('userinfo');
    await expectUserinfo(bench);
    const response = await bench.send('userinfo', userinfoEndpoint, {
      headers: { authorization: `Bearer ${madeUpToken}` },
    });
    const { status, headers } = response;
    if ((await hear(response)) === 'served')
      return fail('The userinfo endpoint accepts any token.', 'Check the access token.');
    const wrong = [
      ...(status === 401 ? [] : [`the status is ${status} and not 401`]),
      ...(headers.has('www-authenticate') ? [] : ['WWW-Authenticate is missing']),
    ];
    if (wrong.length === 0) return pass('A made-up token is refused as RFC 6750 says.');
    return weakness(
      `A made-up token is refused, but ${wrong.join(' and ')}, so a client cannot tell that it needs a new one.`,
      'Refuse a bad token with status 401 and WWW-Authenticate: Bearer error="invalid_token".',
    );
  },
};
