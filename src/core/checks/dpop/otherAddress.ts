import { claiming } from '../boundProof.ts';
import { proofCheck } from './proofCheck.ts';
import { rfc } from '../../source.ts';

/** A proof that was made for another server opens nothing here. */
export const otherAddress = proofCheck({
  name: 'htu',
  title: 'A proof works for one address only',
  what: 'with a proof for another address',
  spoil: claiming({ htu: 'https://elsewhere.example/userinfo' }),
  advice: 'Compare htu with the address of the request, without query and fragment.',
  sources: [rfc(9449, '4.2')],
});
