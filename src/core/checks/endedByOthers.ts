import type { Bench } from './bench.ts';
import type { Judgement } from './check.ts';
import type { Credentials } from './credentials.ts';
import { notDetermined } from './judgement.ts';
import { revoke } from './revocation.ts';
import { issued } from './tokenAnswer.ts';
import { issuedToken } from './userinfoToken.ts';
import { kindOf, type EndableToken } from './endableToken.ts';

/** What to say of a token that somebody else tried to end. */
interface Verdicts {
  readonly kept: Judgement;
  readonly ended: Judgement;
}

/**
 * Judges a token whose revocation by somebody else was asked for. That the token goes on working shows
 * something only if its own client can end it; where not even that one can, as with many a self-contained token,
 * its refresh token tells.
 *
 * @param done whether the server says so
 * @see RFC 7009 sections 2.1 and 3
 */
export async function endedByOthers(
  bench: Bench,
  token: EndableToken,
  { as, done }: { readonly as: Credentials; readonly done: boolean },
  { kept, ended }: Verdicts,
): Promise<Judgement> {
  if (!(await token.stillGood())) return ended;
  const own = await revoke(bench, token.current(), kindOf(token));
  if (!done)
    return own.done
      ? kept
      : notDetermined(`The revocation endpoint refuses the token’s own client, too (status ${own.status}).`);
  if (!(await token.stillGood())) return kept;
  if (token.hint !== undefined)
    return notDetermined(
      'Not even its own client can end a refresh token here, so that it goes on working shows nothing.',
    );
  const { refreshToken } = await issuedToken(bench);
  const renewed = refreshToken === undefined ? undefined : await bench.refresh(refreshToken);
  const last = renewed?.refreshToken ?? refreshToken;
  if (last === undefined || renewed === undefined || !issued(renewed))
    return notDetermined(
      'Not even its own client can end an access token here, so that it goes on working shows nothing.',
    );
  await revoke(bench, last, { as, hint: 'refresh_token' });
  return issued(await bench.refresh(last)) ? kept : ended;
}
