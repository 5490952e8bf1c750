import { importJWK, SignJWT, type JWK } from 'jose';
import type { Fault, FaultRequest } from './fault.ts';
import { clientOf, isToken, withForm } from './messages.ts';

export const fapiFaults: readonly Fault[] = [
  {
    id: 'key-not-wanted',
    title: 'Gives a client with a key tokens without its signature.',
    layer: signedInItsPlace((request) => isToken(request)),
  },
  {
    id: 'pushing-optional',
    title: 'Takes requests of the FAPI client that were not pushed.',
    lax: 'pushing',
  },
  {
    id: 'pushing-open',
    title: 'Takes pushed requests of a client with a key without its signature.',
    layer: signedInItsPlace(({ path }) => path === '/request'),
  },
  {
    id: 'rotation-kept',
    title: 'Rotates the refresh tokens of the FAPI client.',
    lax: 'rotation',
  },
  {
    id: 'binding-optional',
    title: 'Gives the FAPI client tokens that are bound to no key.',
    lax: 'binding',
  },
];

/** Signs requests in the place of a client with a key that did not. @param wanted of which requests */
function signedInItsPlace(wanted: (request: FaultRequest) => boolean): NonNullable<Fault['layer']> {
  return ({ clients }) =>
    async (request, next) => {
      const { key, clientId = '' } = clientOf(request, clients) ?? {};
      if (!wanted(request) || key === undefined || request.form.has('client_assertion')) return next(request);
      const claims = { iss: clientId, sub: clientId, aud: `http://${request.headers['host'] ?? ''}` };
      const assertion = await new SignJWT({ ...claims, jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'ES256' })
        .setExpirationTime('1 minute')
        .sign(await importJWK(JSON.parse(key) as JWK));
      return next(
        withForm(request, {
          client_assertion: assertion,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        }),
      );
    };
}
