import type { GrantDescriptor } from './grant.ts';

/**
 * A client that acts for a user who signs in with the browser, always with PKCE.
 *
 * @see RFC 6749 section 4.1, RFC 7636, RFC 8252 section 8.5 (no secret by default)
 */
export const authorizationCode: GrantDescriptor = {
  id: 'authorization_code',
  grantType: 'authorization_code',
  label: 'Authorization code with PKCE',
  short: 'authorization code',
  summary: 'You sign in with your browser, and the token acts for you.',
  description: 'A user signs in with a browser, always with PKCE (RFC 6749, 4.1 and RFC 7636).',
  icon: 'person',
  actsForUser: true,
  redirects: true,
  waitsFor: 'redirect',
  provesItself: false,
  defaultAuthentication: 'none',
  needs: ['authorizationEndpoint'],
  endpoints: ['authorization_endpoint', 'token_endpoint'],
  exchanges: [{ purpose: 'token', title: 'Exchange the code for tokens', lane: 'token_endpoint' }],
  otherNames: ['authorizationcode', 'code', 'pkce'],
  async run(profile, flow) {
    const { signInWithCode } = await import('../oauth/signInWithCode.ts');
    return signInWithCode(profile, flow);
  },
};
