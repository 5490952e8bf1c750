import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** Who may ask about tokens may also try some. */
export const introspectionOpen: Check = {
  id: 'token.introspection-open',
  area: 'token',
  title: 'Introspection wants the caller to authenticate',
  tries: 'Asks about a made-up token without saying who asks.',
  expects: 'It refuses.',
  judged: 'An answer about the token fails: anybody can try tokens, and learn what is in a stolen one.',
  sources: [rfc(7662, '2.1'), rfc(7662, '4')],
  needs: { endpoint: 'introspection' },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const introspectionEndpoint = bench.endpoint('introspection');
    const response = await bench.send('introspection', introspectionEndpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ token: 'a-token-that-was-never-issued' }).toString(),
    });
    const { status } = response;
    if (status === 200 && /"active"\s*:/.test(await response.text()))
      return fail(
        'The introspection endpoint answers anybody.',
        'Require authentication of whoever asks about tokens.',
      );
    if (status >= 400 && status < 500 && status !== 404 && status !== 405 && status !== 429)
      return pass(`Without authentication the introspection endpoint answers with status ${status}.`);
    return notDetermined(`The introspection endpoint answered with status ${status}.`);
  },
};
