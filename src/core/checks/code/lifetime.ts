import { claimsOf } from '../../oauth/jwtClaims.ts';
import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** The longest lifetime that RFC 6749 recommends and FAPI 2.0 requires, in seconds. */
const longestOf = ({ profile }: Bench): number => (profile.fapi2 === true ? 60 : 600);

const advice = 'Let codes expire after a minute, ten minutes at most.';

/** A code that was never used must not wait for a thief. */
export const codeLifetime: Check = {
  id: 'code.lifetime',
  area: 'code',
  title: 'A code expires within ten minutes',
  tries:
    'Keeps a code for ten minutes (FAPI 2.0: one) and then redeems it. A code that states its own lifetime is believed.',
  expects: 'It refuses with invalid_grant.',
  judged: 'A token is a weakness.',
  sources: [rfc(6749, '4.1.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 2,
  signIns: 2,
  caution: 'Waits ten minutes before it knows. Nothing else runs meanwhile.',
  async run(bench) {
    const longest = longestOf(bench);
    const old = `${longest} seconds old`;
    await bench.reference();
    const code = await bench.code();
    const said = saidLifetime(code.code);
    if (said !== undefined && said > longest)
      return weakness(`The codes themselves state a lifetime of ${said} seconds.`, advice);
    await bench.wait((longest + 1) * 1000);
    const late = await bench.redeem(code);
    if (issued(late)) return weakness(`The server gives a token for a code that is ${old}.`, advice);
    return late.error === 'invalid_grant'
      ? refused(old, describeToken(late))
      : comparedWithFresh(bench, old, describeToken(late));
  },
};

const refused = (old: string, what: string): Judgement =>
  pass(`For a code that is ${old} the server ${what}.`);

/** Compares with a fresh code, as an error in other words may have another reason: the fresh code then gets it, too. */
async function comparedWithFresh(bench: Bench, old: string, what: string): Promise<Judgement> {
  const fresh = await bench.redeem(await bench.code());
  if (issued(fresh)) return refused(old, what);
  return notDetermined(`For an old code the server ${what}, for a fresh one it ${describeToken(fresh)}.`);
}

/** The lifetime in a code that is a JWT, in seconds. */
function saidLifetime(code: string): number | undefined {
  const { iat, exp } = claimsOf(code);
  return typeof iat === 'number' && typeof exp === 'number' ? exp - iat : undefined;
}
