import type { AuthenticationDescriptor } from './authentication.ts';

/** A public client: its id alone says who it is. @see RFC 6749 section 3.2.1 */
export const none: AuthenticationDescriptor = {
  id: 'none',
  label: 'No secret',
  summary: 'A public client sends only its id; PKCE protects the sign-in.',
  description: 'A public client: no secret is sent.',
  proves: false,
  usesSecret: false,
  needs: 'nothing',
  make: () => (_server, client, form) => {
    form.set('client_id', client.client_id);
  },
};
