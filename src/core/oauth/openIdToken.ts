import type { Profile } from '../profile/profile.ts';
import type { FlowContext } from './context.ts';
import { idTokenRefused } from './idTokenFailure.ts';
import { isEncrypted } from './isJwt.ts';
import { openEncrypted } from './openEncrypted.ts';
import { withBody, type TokenChannel } from './tokenEndpoint.ts';

/**
 * Replaces an encrypted id_token in a token response by the signed one inside it.
 *
 * @throws FailureError of kind `invalid_id_token` when no key of the profile decrypts it
 * @see OpenID Connect Core 1.0 sections 3.1.3.7 and 16.14
 */
export async function withOpenIdToken(
  channel: TokenChannel,
  profile: Profile,
  context: FlowContext,
): Promise<TokenChannel> {
  const body = channel.body();
  const { id_token: idToken } = body;
  if (idToken === undefined || !isEncrypted(idToken)) return channel;
  context.trace.enter('id_token');
  const opened = await openEncrypted(idToken, profile, context);
  if ('closed' in opened)
    throw idTokenRefused({ code: 'encrypted', problem: 'wrong', detail: opened.closed });
  return withBody(channel, { ...body, id_token: opened.text });
}
