import { proofCheck } from './proofCheck.ts';
import { rfc } from '../../source.ts';

/** A token that somebody copied is worth nothing without its key. */
export const asBearer = proofCheck({
  name: 'bearer',
  title: 'A bound token is refused as a bearer token',
  what: 'as a bearer token',
  spoil: ({ token }) => Promise.resolve({ authorization: `Bearer ${token}` }),
  advice: 'Ask for the proof wherever the token says cnf, whatever the scheme.',
  sources: [rfc(9449, '7.2')],
});
