import { decodeProtectedHeader } from 'jose';
import { verifyWithKeys } from '../../keys/verifyWithKeys.ts';
import type { Check } from '../check.ts';
import { fail, notApplicable, notDetermined, pass } from '../judgement.ts';
import { rfc, openid } from '../../source.ts';

/** The signature is by a key that the server publishes. */
export const idTokenSignature: Check = {
  id: 'response.id-token-signature',
  area: 'response',
  title: 'The id_token is signed with a published key',
  tries: 'Signs in and checks the signature of the id_token with the keys at jwks_uri.',
  expects: 'One of them fits.',
  judged: 'A signature that does not fit, or none, fails.',
  sources: [openid('3.1.3.7'), rfc(7515, '5.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { token } = await bench.reference();
    const { jwksUri } = bench.server;
    if (token.idToken === undefined) return notApplicable('The server gave no id_token.');
    const alg = algorithmOf(token.idToken);
    if (alg === undefined || alg.startsWith('HS'))
      return notApplicable(
        'The id_token is encrypted, or signed with the client secret: no published key is for it.',
      );
    if (jwksUri === undefined) return notApplicable('The server names no key set.');
    const response = await bench.send('jwks', jwksUri, { headers: { accept: 'application/json' } });
    if (response.status !== 200) return notDetermined(`The key set answered with status ${response.status}.`);
    const checked = verifyWithKeys(token.idToken, json(await response.text()));
    if (checked.kind === 'valid') return pass('A published key fits the signature of the id_token.');
    if (checked.kind === 'not_checked' && alg.toLowerCase() !== 'none')
      return notDetermined('The signature of the id_token is of a kind that is not checked here.');
    return fail(
      'No published key fits the signature of the id_token, so clients refuse it.',
      'Sign id_tokens with a key of the key set, and name it in kid.',
    );
  },
};

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The algorithm of a signed JWT; undefined for an encrypted one. */
function algorithmOf(token: string): string | undefined {
  try {
    return token.split('.').length === 3 ? String(decodeProtectedHeader(token).alg) : undefined;
  } catch {
    return undefined;
  }
}
