import { authenticatedAs, isToken, withForm } from './messages.ts';
import type { Fault } from './fault.ts';

/** Everybody is somebody in the demo, so every user gets a token, that of the client that acts for itself. */
export const passwordGrantEnabled: Fault = {
  id: 'password-grant-enabled',
  title: 'Offers the password grant.',
  layer:
    ({ clients }) =>
    (request, next) => {
      if (!isToken(request, 'password')) return next(request);
      const { machine } = clients;
      const form = { username: undefined, password: undefined, grant_type: 'client_credentials' };
      return next(authenticatedAs(withForm(request, { ...form, scope: machine.scopes.join(' ') }), machine));
    },
};
