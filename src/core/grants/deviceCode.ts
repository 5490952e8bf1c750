import type { GrantDescriptor } from './grant.ts';

const source = 'RFC 8628 section 3.5';

/**
 * A client that acts for a user who types a code in a browser anywhere.
 *
 * @see RFC 8628
 */
export const deviceCode: GrantDescriptor = {
  id: 'device_code',
  grantType: 'urn:ietf:params:oauth:grant-type:device_code',
  label: 'Device authorization',
  short: 'device authorization',
  summary: 'You type a short code in a browser on any device, and the token acts for you.',
  description: 'A user types a short code in a browser on any device (RFC 8628).',
  icon: 'device-mobile',
  actsForUser: true,
  redirects: false,
  waitsFor: 'user_code',
  provesItself: false,
  defaultAuthentication: 'none',
  needs: ['deviceAuthorizationEndpoint'],
  fields: ['deviceAuthorizationEndpoint'],
  endpoints: ['device_authorization_endpoint', 'token_endpoint'],
  exchanges: [
    { purpose: 'device', title: 'Ask for a code to type', lane: 'authorization_server' },
    { purpose: 'token', title: 'Ask whether the code was typed', lane: 'token_endpoint' },
  ],
  meanings: [
    {
      error: 'authorization_pending',
      meaning: 'The user has not finished typing the code and allowing the access.',
      advice: 'Open the page, type the code and allow the access.',
      source,
    },
    {
      error: 'slow_down',
      meaning: 'The server was asked too often.',
      advice: 'Wait: the next questions come 5 seconds further apart.',
      source,
    },
    {
      error: 'expired_token',
      meaning: 'The code was not typed before it expired.',
      advice: 'Run it again and type the new code in time.',
      source,
    },
    // The latter is Entra’s and OpenAM’s name for it.
    ...['access_denied', 'authorization_declined'].map((error) => ({
      error,
      meaning: 'The user, or a rule of the server, refused the access.',
      advice: 'Run it again and allow the access, or ask the administrator of the server what forbids it.',
      source,
    })),
  ],
  otherNames: ['devicecode', 'device'],
  async run(profile, flow) {
    const { signInWithDevice } = await import('../oauth/signInWithDevice.ts');
    return signInWithDevice(profile, flow);
  },
};
