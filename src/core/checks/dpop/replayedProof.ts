import { claiming } from '../boundProof.ts';
import { proofCheck } from './proofCheck.ts';
import { rfc } from '../../source.ts';

/** A recorded request must not work again. */
export const replayedProof = proofCheck({
  name: 'replayed',
  title: 'A proof works only once',
  what: 'with a proof that was used before',
  spoil: claiming({}),
  twice: true,
  advice: 'Remember the jti of proofs as long as they are good.',
  sources: [rfc(9449, '11.1')],
});
