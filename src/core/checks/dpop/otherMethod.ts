import { claiming } from '../boundProof.ts';
import { proofCheck } from './proofCheck.ts';
import { rfc } from '../../source.ts';

/** A proof for one method must not work for another. */
export const otherMethod = proofCheck({
  name: 'htm',
  title: 'A proof works for one method only',
  what: 'with a proof for another method',
  spoil: claiming({ htm: 'DELETE' }),
  advice: 'Compare htm with the method of the request.',
  sources: [rfc(9449, '4.2')],
});
