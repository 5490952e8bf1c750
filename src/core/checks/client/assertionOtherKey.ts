import { signedByAnother } from '../assertion.ts';
import { assertionCheck } from './assertionCheck.ts';
import { rfc } from '../../source.ts';

/** Only the key of the client proves that it is the client. */
export const assertionOtherKey = assertionCheck({
  name: 'other-key',
  title: 'An assertion signed with another key is refused',
  what: 'signed with a key that is not the client’s',
  spoil: signedByAnother,
  danger: 'whoever knows the client ID can make one.',
  advice: 'Verify the signature with the key or secret of the client.',
  sources: [rfc(7523, '3')],
});
