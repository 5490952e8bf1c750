import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { signInForRefresh } from '../refreshable.ts';
import { rfc } from '../sources.ts';
import { broken, describeToken, issued } from '../tokenAnswer.ts';
import { grantedScopes } from '../grantedScopes.ts';

/** Without these there may be no refresh token. */
const needed = new Set(['openid', 'offline_access']);

/** A refresh gives no more than the user allowed. */
export const widening: Check = {
  id: 'refresh.widening',
  area: 'refresh',
  title: 'A refresh cannot widen the scopes',
  tries: 'Signs in for all scopes but one and asks for that one, too, when it renews the token.',
  expects: 'It refuses with invalid_scope, or leaves the scope out.',
  judged: 'A token with the scope that was never granted fails.',
  sources: [rfc(6749, '6')],
  needs: { authorization: true, signIn: 'always' },
  requests: 2,
  signIns: 1,
  async run(bench) {
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
    if (broken(answer)) return notDetermined(`The token endpoint ${describeToken(answer)}.`);
    if (!issued(answer)) return pass(`For a scope that was not granted the server ${describeToken(answer)}.`);
    const granted = grantedScopes(answer);
    if (granted?.includes(extra) === false)
      return pass('The server leaves out a scope that was not granted.');
    return fail(
      granted === undefined
        ? `The server accepts ${extra} in a refresh without saying that it left it out, which means that it is granted.`
        : `A refresh adds ${extra}, which the user never allowed.`,
      'Refuse a refresh that asks for a scope beyond those of the original grant.',
    );
  },
};
