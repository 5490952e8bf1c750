import { withClaims } from '../assertion.ts';
import { assertionCheck } from './assertionCheck.ts';
import { rfc } from '../../source.ts';

/** An assertion for another server must not work here. */
export const assertionAudience = assertionCheck({
  name: 'audience',
  title: 'An assertion for another server is refused',
  what: 'made for another server (aud)',
  spoil: (right) => withClaims(right, { aud: 'https://another-server.example/' }),
  danger: 'another server that the client uses can pose as it here.',
  advice: 'Compare aud with the issuer.',
  sources: [rfc(7523, '3')],
});
