import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { goodAtUserinfo } from '../tokenUse.ts';
import { userinfoToken } from '../userinfoToken.ts';
import { rfc } from '../../source.ts';

/** Refresh tokens and id_tokens are not access tokens. */
export const wrongKind: Check = {
  id: 'token.wrong-kind',
  area: 'token',
  title: 'Only access tokens open an API',
  tries: 'Sends the refresh token and the id_token of a sign-in to the userinfo endpoint.',
  expects: 'It refuses both.',
  judged: 'An answer with data fails: what lives long or is shown to others opens the API.',
  sources: [rfc(6749, '1.5'), rfc(9068, '5')],
  needs: { authorization: true, signIn: 'always', endpoint: 'userinfo' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const { refreshToken, idToken } = await userinfoToken(bench);
    const tried: string[] = [];
    for (const [what, token] of [
      ['refresh token', refreshToken],
      ['id_token', idToken],
    ] as const) {
      if (token === undefined) continue;
      const good = await goodAtUserinfo(bench, token);
      if (good === true)
        return fail(
          `The userinfo endpoint takes the ${what} for an access token.`,
          'Take access tokens only: keep the kinds of tokens apart, by typ or in the database.',
        );
      if (good === false) tried.push(what);
    }
    if (tried.length === 0) return notDetermined('There was no other token to try.');
    return pass(`The userinfo endpoint refuses the ${tried.join(' and the ')}.`);
  },
};
