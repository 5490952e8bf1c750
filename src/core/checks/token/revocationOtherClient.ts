import type { Check } from '../check.ts';
import { refusesCaller } from '../heard.ts';
import { endableToken, kindOf } from '../endableToken.ts';
import { endedByOthers } from '../endedByOthers.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { revoke } from '../revocation.ts';
import { madeUpToken } from '../tokenUse.ts';
import { rfc } from '../../source.ts';

/** A client revokes its own tokens only. */
export const revocationOtherClient: Check = {
  id: 'token.revocation-other-client',
  area: 'token',
  title: 'A token of one client revoked by another',
  tries: 'Revokes a token as the client of another profile of the same server, and then uses it.',
  expects: 'The token goes on working.',
  judged: 'A token that ended fails: any client can sign the users of another one out.',
  sources: [rfc(7009, '2.1')],
  needs: { authorization: true, signIn: 'always', otherClient: true, endpoint: 'revocation' },
  requests: 11,
  signIns: 2,
  async run(bench) {
    const credentials = await bench.otherCredentials();
    const token = await endableToken(bench);
    const { status, done, error } = await revoke(bench, token.current(), {
      ...kindOf(token),
      as: credentials,
    });
    if (refusesCaller(status, error)) {
      // The answer may be about the client: it then gets the same for a token that does not exist.
      const control = await revoke(bench, madeUpToken, { as: credentials });
      if (refusesCaller(control.status, control.error))
        return notDetermined('The revocation endpoint refuses the other client itself.');
    }
    return endedByOthers(
      bench,
      token,
      { as: credentials, done },
      {
        kept: pass(`Another client cannot end a token (status ${status}).`),
        ended: fail(
          'Another client of the server can revoke the tokens of this one.',
          'Revoke a token only for the client it was issued to.',
        ),
      },
    );
  },
};
