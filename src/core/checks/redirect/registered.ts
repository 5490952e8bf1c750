import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { describeProbe } from '../probe.ts';
import { rfc } from '../../source.ts';

/** The profile's redirect URI, character by character. */
export const registered: Check = {
  id: 'redirect.registered',
  area: 'redirect',
  title: 'The registered redirect URI is accepted',
  tries: 'Asks for a code with the redirect URI exactly as the profile writes it.',
  expects: 'It answers at this URI, here with an error such as login_required, because nobody is signed in.',
  judged: 'A redirect to this URI passes; an error page fails.',
  sources: [rfc(6749, '3.1.2.3'), rfc(8252, '8.4')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 3,
  signIns: 0,
  async run(bench) {
    const { redirectUri } = bench.client;
    const { uri, how, literal, yardstick } = await bench.registered();
    const said = describeProbe(yardstick.registered);
    if (literal === 'accepted')
      return pass(`The server knows ${redirectUri} as a redirect URI of this client.`, {
        facts: { registered: true },
      });
    if (literal === 'unclear' && bench.canSignIn) {
      await bench.reference();
      return pass(
        `A sign-in came back at ${bench.listening}, so the server knows the redirect URI of this client.`,
        {
          facts: { registered: true },
        },
      );
    }
    if (literal === 'unclear')
      return notDetermined(`The server ${said}, as it does for an unregistered URI.`);
    const advice = `Register exactly ${redirectUri} for the client ${bench.client.clientId}.`;
    if (how === 'accepted')
      return fail(
        `The server refuses ${redirectUri} but takes ${uri}, so it wants a port in the redirect URI.`,
        advice,
        { facts: { registered: false }, fixes: [{ kind: 'set_redirect_uri', redirectUri: uri }] },
      );
    return fail(
      `The server does not know ${redirectUri} as a redirect URI of this client: it ${said}.`,
      advice,
      {
        facts: { registered: false },
        fixes: [{ kind: 'edit_profile', field: 'redirectUri' }],
      },
    );
  },
};
