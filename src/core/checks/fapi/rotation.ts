import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { renewOnce, signInForRefresh } from '../refreshable.ts';
import { fapi2 } from '../../source.ts';

/** A refresh token that is bound to its client gains nothing by being replaced, and a lost answer loses it. */
export const fapiRotation: Check = {
  id: 'fapi.refresh-rotation',
  area: 'fapi',
  title: 'Refresh tokens stay the same',
  tries: 'Renews the token and looks at the refresh token that comes back.',
  expects: 'It is the same one, or none comes.',
  judged: 'Another one is a weakness: the profile allows that in extraordinary circumstances only.',
  sources: [fapi2('5.3.2.1')],
  needs: { fapi: true, authorization: true, signIn: 'always' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const { refreshToken } = await signInForRefresh(bench);
    const renewed = await renewOnce(bench, refreshToken);
    if (renewed.refreshToken === undefined || renewed.refreshToken === refreshToken)
      return pass('The refresh token stays the same; the key of the client protects it.');
    return weakness(
      'The server gives another refresh token with each use.',
      'Do not rotate the refresh tokens of clients that prove themselves with a key: an answer that is lost ends their access.',
    );
  },
};
