import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { weakness } from '../judgement.ts';
import { goesOn, goodPush, refusedOr } from '../pushed.ts';
import { rfc } from '../../source.ts';

/** The lifetime that RFC 9126 calls typical, in seconds; FAPI 2.0 requires a shorter one. */
const longestOf = ({ profile }: Bench): number => (profile.fapi2 === true ? 599 : 600);

/** A pushed request waits for a browser, not for a thief. */
export const pushedExpired: Check = {
  id: 'par.expired',
  area: 'par',
  title: 'A pushed request expires',
  tries: 'Opens the address of a pushed request after the time that the server gave it.',
  expects: 'It refuses; the time is at most ten minutes.',
  judged: 'Going on, or a longer time, is a weakness.',
  sources: [rfc(9126, '2.2')],
  needs: { authorization: true, pushed: true },
  requests: 4,
  signIns: 0,
  caution: 'Waits until a pushed request expires, a minute or more.',
  async run(bench) {
    const { url, lifetime } = await goodPush(bench);
    if (lifetime === undefined) return weakness('The response has no expires_in.', 'Send expires_in.');
    const longest = longestOf(bench);
    if (lifetime > longest)
      return weakness(
        `A pushed request is good for ${lifetime} seconds.`,
        `Let it expire in ${longest} seconds at most.`,
      );
    await bench.wait((lifetime + 1) * 1000);
    const taken = weakness('The server accepts an expired request_uri.', 'Refuse it after expires_in.');
    const refused = `The server refuses a request_uri after its ${lifetime} seconds.`;
    return refusedOr(taken, await goesOn(bench, url), refused);
  },
};
