import type { Check } from '../check.ts';
import { askForToken, deviceCodes } from '../deviceFlow.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** Devices that poll too fast must be told to slow down. */
export const polling: Check = {
  id: 'device.polling',
  area: 'device',
  title: 'Asking too fast is answered with slow_down',
  tries: 'Asks three times at once for the token of a code that nobody entered.',
  expects: 'It answers authorization_pending, then slow_down.',
  judged: 'No slow_down is a weakness, a token fails.',
  sources: [rfc(8628, '3.5'), rfc(8628, '5.2')],
  needs: { device: true },
  requests: 4,
  signIns: 0,
  async run(bench) {
    const codes = await deviceCodes(bench);
    let answer = await askForToken(bench, codes);
    for (let again = 0; again < 2 && answer.error === 'authorization_pending'; again++)
      answer = await askForToken(bench, codes);
    if (issued(answer))
      return fail(
        'The server gives a token for a code that nobody entered.',
        'Wait until the user allows it.',
      );
    if (answer.error === 'slow_down' || answer.status === 429)
      return pass(`When asked too fast the server ${describeToken(answer)}.`);
    if (answer.error === 'authorization_pending')
      return weakness(
        'The server does not limit polling, so device codes can be guessed at any rate.',
        'Answer slow_down where the interval was not kept.',
      );
    return notDetermined(`The token endpoint ${describeToken(answer)}.`);
  },
};
