import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { secondRenewal } from '../refreshable.ts';
import { issued, refusedCorrect, type TokenAnswer } from '../tokenAnswer.ts';
import { isSelfContained } from '../tokenUse.ts';
import { Crashed, Undetermined } from '../undetermined.ts';
import { goodSomewhere } from '../watchedToken.ts';
import { rfc } from '../../source.ts';

/** A code that is used twice was stolen: the tokens from the first use must be revoked. */
export const replayRevokes: Check = {
  id: 'code.replay-revokes',
  area: 'code',
  title: 'A replayed code revokes the first tokens',
  tries: 'Redeems a code, renews the tokens if it can, redeems the code again, and then uses all tokens.',
  expects: 'It has revoked them, the renewed ones, too.',
  judged:
    'Tokens that still work are a weakness; an access token that is self-contained may live until it expires, if the refresh token ends.',
  sources: [rfc(6749, '4.1.2'), rfc(9700, '4.5')],
  needs: { authorization: true, signIn: 'always' },
  requests: 14,
  signIns: 1,
  async run(bench) {
    const code = await bench.code();
    const first = await bench.redeem(code);
    if (!issued(first)) throw refusedCorrect(first);
    const renewed = await renew(bench, first);
    // A token that the refresh, or the use of what came of it, has ended already, or that is not for that endpoint, tells
    // nothing later.
    const before = {
      renewed: renewed === undefined ? undefined : await goodSomewhere(bench, renewed.accessToken),
      first: await goodSomewhere(bench, first.accessToken),
    };
    // Its answer does not matter, only what works afterwards.
    await bench.redeem(code).catch((thrown: unknown) => {
      if (!(thrown instanceof Crashed)) throw thrown;
    });
    const after = async (was: boolean | undefined, token: TokenAnswer | undefined): Promise<Works> =>
      was === true ? ((await goodSomewhere(bench, token?.accessToken)) ?? 'silent') : undefined;
    const left = {
      first: await after(before.first, first),
      firstToken: first.accessToken ?? '',
      renewed: await after(before.renewed, renewed),
      refresh: await refreshes(bench, renewed),
      wasRenewed: renewed !== undefined,
    };
    // A refused refresh tells something only where a second one normally succeeds.
    if (left.refresh === false && left.first !== false && left.renewed !== false) await secondRenewal(bench);
    return judge(left);
  },
};

/** Whether a token still works; undefined when that cannot be seen, `silent` when the answer tells nothing for the moment. */
type Works = boolean | 'silent' | undefined;

/** What still works after the replay. */
interface Left {
  readonly first: Works;
  readonly firstToken: string;
  readonly renewed: Works;
  readonly refresh: Works;
  readonly wasRenewed: boolean;
}

const advice =
  'Revoke all tokens that were issued for a code, and those that were renewed from them, when the code is sent again.';

function judge({ first, firstToken, renewed, refresh, wasRenewed }: Left): Judgement {
  if (first === undefined && renewed === undefined && refresh === undefined)
    return notDetermined(
      'Whether the tokens still work cannot be seen: there is no refresh token that works, and neither userinfo nor introspection tells.',
    );
  if (refresh === true || (renewed === true && first === false)) {
    const others = first === false ? 'the first access token ended, but ' : '';
    return weakness(
      `After a code was replayed, ${others}the tokens that were ${wasRenewed ? 'renewed before' : 'issued for it'} still work, although a thief may hold them.`,
      advice,
    );
  }
  if (first !== true && [first, renewed, refresh].includes('silent'))
    return notDetermined('Whether the tokens still work after the replay, the answers did not say.');
  if (first !== true && renewed !== true)
    return pass('A replayed code ends the tokens it was first redeemed for.');
  if (refresh === false && isSelfContained(firstToken))
    return pass(
      'A replayed code ends the refresh token; the access token is self-contained and lives until it expires.',
    );
  return weakness(
    `After a code was replayed, the access token of the first time still works${refresh === false ? ', though not the refresh token' : ''}, although a thief may hold it.`,
    advice,
  );
}

/** The tokens after a refresh; undefined when refreshing does not work here, for whatever reason. */
async function renew(bench: Bench, first: TokenAnswer): Promise<TokenAnswer | undefined> {
  if (first.refreshToken === undefined) return undefined;
  const answer = await bench.refresh(first.refreshToken);
  return issued(answer) ? { ...answer, refreshToken: answer.refreshToken ?? first.refreshToken } : undefined;
}

async function refreshes(bench: Bench, renewed: TokenAnswer | undefined): Promise<Works> {
  if (renewed?.refreshToken === undefined) return undefined;
  try {
    return issued(await bench.refresh(renewed.refreshToken));
  } catch (thrown) {
    if (thrown instanceof Undetermined) return 'silent';
    throw thrown;
  }
}
