import { randomBytes } from 'node:crypto';
import { errorName } from '../../http/plainText.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { WithoutState } from '../undetermined.ts';
import { rfc } from '../../source.ts';

/** Every character a state may have. @see RFC 6749 appendix A.5 */
const everyCharacter = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) =>
  String.fromCharCode(0x20 + index),
).join('');

/** The state comes back as it was sent, whatever it holds. */
export const state: Check = {
  id: 'response.state',
  area: 'response',
  title: 'State comes back unchanged',
  tries: 'Signs in with a state that has every character it may have, from space to tilde.',
  expects: 'It returns exactly this state.',
  judged: 'Another state, or none, fails.',
  sources: [rfc(6749, '4.1.2'), rfc(9700, '2.1')],
  needs: { authorization: true, signIn: 'always' },
  requests: 0,
  signIns: 1,
  async run(bench) {
    const changes = await bench.reference().then(
      ({ answer }) => answer.parameters.get('state') !== answer.state,
      (thrown: unknown) => {
        if (thrown instanceof WithoutState) return true;
        throw thrown;
      },
    );
    const sent = `${randomBytes(6).toString('base64url')}${everyCharacter}`;
    const { parameters } = await bench.authorize({}, { state: sent, anyState: true });
    const received = parameters.get('state');
    if (parameters.has('error') && received === sent)
      return notDetermined(`The server answered with ${errorName(parameters.get('error'))}.`);
    if (received === sent) return pass('The state comes back unchanged, special characters included.');
    if (parameters.has('error') && received === null)
      return fail(
        `The server answered a state with special characters with ${errorName(parameters.get('error'))} and without the state.`,
        'Accept every character from space to tilde in state, and return it with errors, too.',
      );
    return fail(
      received === null
        ? 'The server does not return state, so this client cannot tell its own sign-in from a forged one.'
        : changes
          ? 'The server returns another state than the one sent, so a client that compares them cannot sign in.'
          : 'The server returns another state than the one sent, so a client that uses special characters cannot sign in.',
      'Return state exactly as it was received, form-encoded in the redirect.',
    );
  },
};
