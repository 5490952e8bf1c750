import type { Check } from '../check.ts';
import { fail } from '../judgement.ts';
import { addressWith, goesOn, goodPush, refusedOr } from '../pushed.ts';
import { rfc } from '../../source.ts';

/** A client must not use a request that another one pushed. */
export const pushedOtherClient: Check = {
  id: 'par.other-client',
  area: 'par',
  title: 'A pushed request belongs to its client',
  tries: 'Opens the address of a pushed request with the id of another client.',
  expects: 'It refuses.',
  judged: 'Going on fails.',
  sources: [rfc(9126, '2.2'), rfc(9126, '7.2')],
  needs: { authorization: true, pushed: true, otherClient: true },
  requests: 5,
  signIns: 0,
  async run(bench) {
    const { url } = await goodPush(bench);
    const other = bench.others[0]?.profile;
    const taken = fail(
      'The server accepts another client’s request_uri.',
      'Bind a pushed request to the client that pushed it.',
    );
    const goes = await goesOn(bench, addressWith(url, { client_id: other?.clientId ?? '' }), other);
    return refusedOr(taken, goes, 'The server refuses another client’s request_uri.');
  },
};
