import { s256 } from '../../s256.ts';
import { claiming } from '../boundProof.ts';
import { proofCheck } from './proofCheck.ts';
import { rfc } from '../../source.ts';

/** A proof must not work with another token. */
export const otherToken = proofCheck({
  name: 'ath',
  title: 'A proof works for one token only',
  what: 'with a proof for another token',
  spoil: claiming({ ath: s256('a-token-that-was-never-issued') }),
  advice: 'Compare ath with the hash of the token.',
  sources: [rfc(9449, '7.1')],
});
