import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { renewal } from '../refreshable.ts';
import { issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A new refresh token with every use. */
export const rotation: Check = {
  id: 'refresh.rotation',
  area: 'refresh',
  title: 'Refresh tokens rotate',
  tries: 'Renews the token and looks at the refresh token that comes back.',
  expects: 'It gives a public client a new refresh token each time.',
  judged:
    'The same one again, or none while the old one goes on working, fails for a public client; for a confidential one, whose secret binds it, it passes.',
  sources: [rfc(9700, '4.14.2'), rfc(9700, '2.2.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const { refreshToken, renewed } = await renewal(bench);
    if (renewed.refreshToken !== undefined && renewed.refreshToken !== refreshToken)
      return pass('Each refresh gives a new refresh token.');
    if (renewed.refreshToken === undefined) {
      const again = await bench.refresh(refreshToken);
      if (!issued(again)) return pass('A refresh token works once: the refresh returns no other.');
    }
    if (!bench.isPublic) return pass('The refresh token stays the same; the client secret protects it.');
    return fail(
      'The refresh token of this public client stays the same, so a stolen one works as long as the original and nobody notices.',
      'Rotate the refresh tokens of public clients (or bind them to a key with DPoP).',
    );
  },
};
