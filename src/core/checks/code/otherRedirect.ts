import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { withPath } from '../registered.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** The redirect URI of the token request repeats that of the authorization request. */
export const otherRedirect: Check = {
  id: 'code.other-redirect',
  area: 'code',
  title: 'Another redirect URI at the token endpoint',
  tries: 'Signs in and redeems the code with another redirect_uri.',
  expects: 'It refuses with invalid_grant.',
  judged: 'A token is a weakness: PKCE still protects the code, and OAuth 2.1 drops the parameter.',
  sources: [rfc(6749, '4.1.3')],
  needs: { authorization: true, signIn: 'always' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    await bench.reference();
    const other = withPath(bench.listening, (path) => `${path}/other`);
    const answer = await bench.wrongly(
      () => bench.code(),
      (code) => bench.redeem(code, { set: { redirect_uri: other } }),
    );
    if (!issued(answer)) return pass(`For another redirect_uri the server ${describeToken(answer)}.`);
    return weakness(
      'The token endpoint does not compare redirect_uri with that of the authorization request.',
      'Refuse a token request whose redirect_uri differs from that of the authorization request.',
    );
  },
};
