import { unsigned } from '../assertion.ts';
import { assertionCheck } from './assertionCheck.ts';
import { rfc } from '../../source.ts';

/** An assertion without a signature proves nothing. */
export const assertionUnsigned = assertionCheck({
  name: 'unsigned',
  title: 'An unsigned assertion is refused',
  what: 'without a signature (alg “none”)',
  spoil: unsigned,
  danger: 'whoever knows the client ID can write one.',
  advice: 'Take signed assertions only, with the algorithms that are registered for the client.',
  sources: [rfc(7523, '3'), rfc(8725, '3.1')],
});
