import { hasRedirect } from '../../profile/profile.ts';
import { withAssertion } from '../assertion.ts';
import { madeUpCode, type Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import type { Credentials } from '../credentials.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { describeToken, issued, refusedCorrect, type TokenAnswer } from '../tokenAnswer.ts';
import { openid, rfc } from '../../source.ts';

/** A copied assertion must not work a second time. */
export const assertionReplayed: Check = {
  id: 'client.assertion-replayed',
  area: 'client',
  title: 'An assertion works only once',
  tries: 'Sends the same assertion with two token requests.',
  expects: 'It refuses the second with invalid_client, as it knows the jti.',
  judged: 'A second token is a weakness: RFC 7523 leaves it to the server, OpenID Connect does not.',
  sources: [openid('9'), rfc(7523, '3')],
  needs: { assertion: true, signIn: 'maybe' },
  requests: 4,
  signIns: 2,
  async run(bench) {
    await bench.rightClient();
    const { first, second } = await sentTwice(bench, await bench.credentials());
    if (issued(second))
      return weakness(
        'The server takes the same assertion twice, so one from a log is good until it expires.',
        'Remember the jti of each assertion until it expires, and refuse it the second time.',
      );
    if (second.error === first.error && second.status === first.status)
      return notDetermined(`For both the server ${describeToken(second)}; only a sign-in tells.`);
    return pass(`For an assertion that was sent before the server ${describeToken(second)}.`);
  },
};

/** The answers to two requests with one assertion, the first of which was accepted. */
async function sentTwice(
  bench: Bench,
  credentials: Credentials,
): Promise<{ readonly first: TokenAnswer; readonly second: TokenAnswer }> {
  const same = once(credentials);
  if (!hasRedirect(bench.profile)) {
    const first = await bench.clientCredentials(same);
    return { first, second: await bench.clientCredentials(same) };
  }
  if (!bench.canSignIn) {
    const first = await bench.token(madeUpCode(bench), same);
    return { first, second: await bench.token(madeUpCode(bench), same) };
  }
  const [one, two] = [await bench.code(), await bench.code()];
  const first = await bench.redeem(one, {}, same);
  if (!issued(first)) throw refusedCorrect(first);
  return { first, second: await bench.redeem(two, {}, same) };
}

/** The same client with one assertion for all its requests. */
function once(credentials: Credentials): Credentials {
  let kept: string | undefined;
  return withAssertion(credentials, ({ text }) => (kept ??= text));
}
