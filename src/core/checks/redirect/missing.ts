import { goesTo } from '../acceptance.ts';
import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { ErrorShown } from '../errorShown.ts';
import { asksForSignIn, describeProbe, refusesRequest, sameShape } from '../probe.ts';
import { rfc, openid } from '../../source.ts';

/** No redirect URI at all. */
export const missing: Check = {
  id: 'redirect.missing',
  area: 'redirect',
  title: 'Redirect URI left out',
  tries: 'Asks for a code without redirect_uri.',
  expects: 'It shows an error; OAuth (not OpenID Connect) lets it use the only registered URI.',
  judged:
    'A redirect to the registered URI is a weakness for a profile with the scope openid, else it passes; a redirect elsewhere fails.',
  sources: [rfc(6749, '3.1.2.3'), openid('3.1.2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    const { uri, yardstick } = await bench.notRefused();
    const answer = await bench.probe({ omit: ['redirect_uri'] });
    if (answer.kind === 'refused') return pass('A request without redirect_uri is refused.');
    if (sameShape(answer, yardstick.unregistered) && !sameShape(answer, yardstick.registered))
      return pass('A request without redirect_uri is refused like one for an unregistered host.');
    if (answer.kind !== 'redirect' && bench.canSignIn) return inBrowser(bench);
    if (answer.kind !== 'redirect')
      return notDetermined(`The server ${describeProbe(answer)}, which does not tell.`);
    const { parameters } = answer;
    const gives = asksForSignIn(answer) || parameters.has('access_token') || parameters.has('id_token');
    // An error page at another address may get the state, too.
    if (!goesTo(answer.location, uri) && gives)
      return fail(
        `Without redirect_uri the server ${describeProbe(answer)}, which is not what this profile registered.`,
        'Refuse authorization requests without redirect_uri.',
      );
    if (!gives && refusesRequest(parameters)) return pass('A request without redirect_uri is refused.');
    if (!gives) return notDetermined(`The server ${describeProbe(answer)}, which does not tell.`);
    return usesRegistered(bench);
  },
};

function usesRegistered(bench: Bench): Judgement {
  if (!bench.client.scopes.includes('openid'))
    return pass('Without redirect_uri the server uses the registered one, as RFC 6749 allows.');
  return weakness(
    'Without redirect_uri the server uses the registered one; OpenID Connect requires the parameter.',
    'Refuse authorization requests with the scope openid that have no redirect_uri.',
  );
}

async function inBrowser(bench: Bench): Promise<Judgement> {
  await bench.reference();
  try {
    await bench.authorize({ omit: ['redirect_uri'] });
    return usesRegistered(bench);
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return pass('A request without redirect_uri is refused.');
    throw thrown;
  }
}
