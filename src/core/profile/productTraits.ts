import type { AuthenticationTraits, GrantTraits } from './traits.ts';

/** A client that acts for itself. @see RFC 6749 section 4.4 (only confidential clients) */
const clientCredentials: GrantTraits = {
  id: 'client_credentials',
  label: 'Client credentials',
  summary: 'The application gets a token for itself: services, jobs, scripts.',
  description: 'The client gets a token for itself, with its secret (RFC 6749, 4.4).',
  actsForUser: false,
  redirects: false,
  provesItself: true,
  defaultAuthentication: 'client_secret_basic',
  needs: [],
  otherNames: ['clientcredential'],
};

/** A client that acts for a user, always with PKCE. @see RFC 6749 section 4.1, RFC 8252 section 8.5 (no secret by default) */
const authorizationCode: GrantTraits = {
  id: 'authorization_code',
  label: 'Authorization code with PKCE',
  summary: 'You sign in in the browser, and the token acts for you.',
  description: 'A user signs in in the browser, always with PKCE (RFC 6749, 4.1 and RFC 7636).',
  actsForUser: true,
  redirects: true,
  provesItself: false,
  defaultAuthentication: 'none',
  needs: ['authorizationEndpoint'],
  otherNames: ['authorizationcode', 'code', 'pkce'],
};

/** The grants of the product, in the order they are offered. */
export const grantTraits: readonly GrantTraits[] = [clientCredentials, authorizationCode];

/** The client authentications of the product, in the order they are offered. */
export const authenticationTraits: readonly AuthenticationTraits[] = [
  {
    id: 'client_secret_basic',
    label: 'HTTP Basic',
    summary: 'Id and secret in the Authorization header (client_secret_basic). Every server must support it.',
    description: 'Id and secret in the `Authorization` header (RFC 6749, 2.3.1).',
    proves: true,
    usesSecret: true,
    fields: ['basicEncoding'],
  },
  {
    id: 'client_secret_post',
    label: 'In the request body',
    summary: 'Id and secret as form fields (client_secret_post), for servers that want them there.',
    description: 'Id and secret in the request’s form.',
    proves: true,
    usesSecret: true,
  },
  {
    id: 'none',
    label: 'No secret',
    summary: 'A public client sends only its id; PKCE protects the sign-in.',
    description: 'A public client: no secret is sent.',
    proves: false,
    usesSecret: false,
  },
];
