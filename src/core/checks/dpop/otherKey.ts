import { ofAnotherKey } from '../boundProof.ts';
import { proofCheck } from './proofCheck.ts';
import { rfc } from '../../source.ts';

/** A proof with another key than the token's proves nothing. */
export const otherKey = proofCheck({
  name: 'other-key',
  title: 'A proof made with another key is refused',
  what: 'with a proof of another key',
  spoil: ofAnotherKey,
  advice: 'Compare the thumbprint of the key in the proof with cnf.jkt of the token.',
  sources: [rfc(9449, '6.1')],
});
