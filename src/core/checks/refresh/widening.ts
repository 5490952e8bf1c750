import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { grantedScopes } from '../grantedScopes.ts';
import { introspect } from '../introspection.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { expectRefreshToken, renewal, signInForRefresh } from '../refreshable.ts';
import { describeToken, issued, type TokenAnswer } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** The scopes without which there may be no refresh token. */
const needed = new Set(['openid', 'offline_access']);

const noSuchScope = 'oauth-explorer-no-such-scope';

const advice = 'Refuse a refresh that asks for a scope beyond those of the original grant.';

/** A refresh gives no more than the user allowed. */
export const widening: Check = {
  id: 'refresh.widening',
  area: 'refresh',
  title: 'A refresh cannot widen the scopes',
  tries: 'Signs in for all scopes but one and asks for that one, too, when it renews the token.',
  expects: 'It refuses with invalid_scope, or leaves the scope out.',
  judged:
    'A token with the scope that was never granted fails. Where nothing says what was granted, a scope that does not exist shows whether the parameter is read; if not, it is a weakness, since an answer without scope means that all of it was granted.',
  sources: [rfc(6749, '6'), rfc(6749, '5.1')],
  needs: { authorization: true, signIn: 'always' },
  requests: 4,
  signIns: 1,
  async run(bench) {
    await expectRefreshToken(bench);
    const { scopes } = bench.client;
    const dropped = scopes.findLast((scope) => !needed.has(scope));
    const kept =
      dropped === undefined || scopes.length === 1 ? scopes : scopes.filter((scope) => scope !== dropped);
    const extra =
      kept === scopes ? bench.server.scopesSupported.find((scope) => !scopes.includes(scope)) : dropped;
    if (extra === undefined || kept.length === 0)
      return notDetermined('The profile has too few scopes to leave one out, and the server names no other.');
    const first = await signInForRefresh(bench, { set: { scope: kept.join(' ') } });
    if (grantedScopes(first)?.includes(extra) === true)
      return notDetermined(`The server granted ${extra} without being asked.`);
    const answer = await bench.refresh(first.refreshToken, { scope: [...kept, extra].join(' ') });
    if (!issued(answer)) {
      await renewal(bench);
      return pass(`For a scope that was not granted the server ${describeToken(answer)}.`);
    }
    const granted = await scopesOf(bench, answer);
    if (granted?.includes(extra) === false)
      return pass('The server leaves out a scope that was not granted.');
    if (granted !== undefined) return fail(`A refresh adds ${extra}, which the user never allowed.`, advice);
    // Nothing tells what was granted; an unknown scope shows whether the parameter is read at all.
    const nonsense = await bench.refresh(answer.refreshToken ?? first.refreshToken, {
      scope: [...kept, noSuchScope].join(' '),
    });
    if (issued(nonsense))
      return weakness(
        'The server takes any scope in a refresh, one that does not exist, too, and does not say what it granted, which means that all of it is granted: it seems not to read the parameter, and tells clients that they have more than they do.',
        `${advice} At least name in the answer what is granted.`,
      );
    // Only an error about the scope shows that it was read; the refresh token may be used up.
    if (nonsense.error !== 'invalid_scope')
      return notDetermined(
        `The server does not say what it granted, and for a scope that does not exist it ${describeToken(nonsense)}.`,
      );
    return fail(
      `The server accepts ${extra} in a refresh and refuses one that does not exist, and it does not say that it left ${extra} out, which means that it is granted.`,
      advice,
    );
  },
};

/** The scopes of a token: by its response, by the token itself, else by introspection. */
async function scopesOf(bench: Bench, answer: TokenAnswer): Promise<readonly string[] | undefined> {
  const said = grantedScopes(answer);
  if (said !== undefined || answer.accessToken === undefined) return said;
  const { active, scope } = (await introspect(bench, answer.accessToken)) ?? {};
  return active === true ? scope?.split(' ') : undefined;
}
