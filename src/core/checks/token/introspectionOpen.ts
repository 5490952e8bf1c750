import type { Check } from '../check.ts';
import { membersSaid, refusesCaller, says, saysNothing } from '../heard.ts';
import { introspect } from '../introspection.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** Whoever may ask about tokens can also guess them. */
export const introspectionOpen: Check = {
  id: 'token.introspection-open',
  area: 'token',
  title: 'Introspection requires authentication',
  tries: 'Asks about a made-up token without authentication.',
  expects: 'It refuses.',
  judged: 'An answer about the token fails: anybody can try tokens, and learn what is in a stolen one.',
  sources: [rfc(7662, '2.1'), rfc(7662, '4')],
  needs: { endpoint: 'introspection' },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const token = 'a-token-that-was-never-issued';
    const introspectionEndpoint = bench.endpoint('introspection');
    const response = await bench.send('introspection', introspectionEndpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ token }).toString(),
    });
    const { status, headers } = response;
    const body = await response.text();
    const members = membersSaid(body.trim());
    if (status === 200 && 'active' in members)
      return fail(
        'The introspection endpoint answers without authentication.',
        'Require authentication at the introspection endpoint.',
      );
    if (says({ status, headers, body }) !== 'refused')
      return notDetermined(saysNothing('introspection', status));
    // Other refusals may have another reason: an authenticated client then gets them, too.
    if (refusesCaller(status, members['error']) || (await introspect(bench, token)) !== undefined)
      return pass(`Without authentication the introspection endpoint answers with status ${status}.`);
    return notDetermined(`The introspection endpoint answers with status ${status}, whoever asks.`);
  },
};
