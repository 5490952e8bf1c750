import type { Check } from '../check.ts';
import { askForToken, typedCode } from '../deviceFlow.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { broken, describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A device code from a log must not work again. */
export const codeTwice: Check = {
  id: 'device.code-twice',
  area: 'device',
  title: 'A device code works only once',
  tries: 'Has a code entered, gets its token, and asks for one again.',
  expects: 'It refuses the second time.',
  judged: 'A second token is a weakness: the RFC does not forbid it.',
  sources: [rfc(8628, '3.5'), rfc(6749, '10.5')],
  needs: { device: true, signIn: 'always' },
  // Polls at most this often until the code was typed.
  requests: 62,
  signIns: 1,
  async run(bench) {
    const codes = await typedCode(bench);
    await bench.wait(codes.interval);
    const answer = await askForToken(bench, codes);
    if (issued(answer))
      return weakness(
        'The server takes a device code twice.',
        'Refuse a device code once a token was issued for it.',
      );
    if (broken(answer) || answer.error === 'slow_down')
      return notDetermined(`The token endpoint ${describeToken(answer)}.`);
    return pass(`For a device code that was used the server ${describeToken(answer)}.`);
  },
};
