import { importJWK, SignJWT, type JWK } from 'jose';
import { clientOf, isToken, withForm } from './messages.ts';
import type { Fault } from './fault.ts';

export const keyNotWanted: Fault = {
  id: 'key-not-wanted',
  title: 'Gives a client with a key tokens without its signature.',
  layer:
    ({ clients }) =>
    async (request, next) => {
      const { key, clientId = '' } = clientOf(request, clients) ?? {};
      if (!isToken(request) || key === undefined || request.form.has('client_assertion'))
        return next(request);
      const claims = { iss: clientId, sub: clientId, aud: issuerOf(request.headers) };
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
    },
};

function issuerOf({ host = '' }: Readonly<Record<string, string>>): string {
  return `http://${host}`;
}
