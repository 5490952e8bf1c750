import type { Check } from '../check.ts';
import { notDetermined, weakness } from '../judgement.ts';
import { goesOn, push, refusedOr, requireTaken } from '../pushed.ts';
import { rfc } from '../../source.ts';

/** A request URI from a browser's history must not start anything. */
export const usedTwice: Check = {
  id: 'par.used-twice',
  area: 'par',
  title: 'A pushed request works only once',
  tries: 'Signs in with a pushed request and opens its address again.',
  expects: 'It refuses the second time.',
  judged: 'A second use is a weakness.',
  sources: [rfc(9126, '4'), rfc(9126, '7.3')],
  needs: { authorization: true, pushed: true, signIn: 'always' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const { url, state } = await push(bench, { redirect_uri: bench.listening });
    const { code } = await bench.authorize({}, { url: url.href, state });
    if (code === undefined) return notDetermined('The server gave no code for a right pushed request.');
    const taken = weakness(
      'The server accepts a request_uri that was already used for a code.',
      'Refuse a pushed request once a code was issued for it.',
    );
    const refused = 'The server refuses a request_uri that was already used for a code.';
    const goes = await goesOn(bench, url);
    if (goes === false) await requireTaken(bench);
    return refusedOr(taken, goes, refused);
  },
};
