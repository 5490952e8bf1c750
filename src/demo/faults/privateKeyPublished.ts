import { members } from './messages.ts';
import type { Fault } from './fault.ts';

export const privateKeyPublished: Fault = {
  id: 'private-key-published',
  title: 'Publishes the private half of a key in its key set.',
  layer: () => {
    // Not one that anything is signed with: the demo server's own stays its own.
    const made = crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    return async (request, next) => {
      const response = await next(request);
      const { keys } = members(response);
      if (request.path !== '/jwks' || !Array.isArray(keys)) return response;
      const leaked = { ...(await crypto.subtle.exportKey('jwk', (await made).privateKey)), kid: 'leaked' };
      return { ...response, body: JSON.stringify({ keys: [...(keys as unknown[]), leaked] }) };
    };
  },
};
