import type { Bench } from './bench.ts';
import type { Judgement } from './check.ts';
import type { Credentials } from './credentials.ts';
import { notDetermined } from './judgement.ts';
import { revoke } from './revocation.ts';
import { issued } from './tokenAnswer.ts';
import { issuedToken } from './userinfoToken.ts';
import { kindOf, type EndableToken } from './endableToken.ts';

/** The judgements for a token that another client tried to revoke. */
interface Verdicts {
  readonly kept: Judgement;
  readonly ended: Judgement;
}

/**
 * Judges a token after another client asked to revoke it. That it still works means something only if its own client can revoke
 * it; where not even that works, as with many self-contained tokens, its refresh token tells.
 *
 * @param done whether the server reports success
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
