import { hasRedirect, type Profile } from '../profile/profile.ts';
import type { Decorator, DecoratorKind } from './decorator.ts';

/** Binds tokens to a key (DPoP). @see RFC 9449 */
const dpop: DecoratorKind = {
  id: 'dpop',
  appliesTo: (profile) => profile.dpop === true,
  make: async () => (await import('./dpop.ts')).dpop(),
};

/** Pushes the authorization request to the server (PAR), where the profile says so or the server requires it. @see RFC 9126 */
const pushed: DecoratorKind = {
  id: 'par',
  appliesTo: hasRedirect,
  make: async () => (await import('./pushedRequest.ts')).pushedRequest,
};

/** Signs the authorization request (JAR), where the profile says so, or the server requires it and the client has a key. @see RFC 9101 */
const signedRequest: DecoratorKind = {
  id: 'jar',
  appliesTo: hasRedirect,
  make: async () => (await import('./signedRequest.ts')).signedRequest,
};

/** Verifies a signed authorization response (JARM). @see JWT Secured Authorization Response Mode for OAuth 2.0 */
const signedResponse: DecoratorKind = {
  id: 'jarm',
  appliesTo: ({ authorizationParameters }) =>
    /^(?:jwt|query\.jwt|form_post\.jwt)$/.test(authorizationParameters?.['response_mode'] ?? ''),
  make: async () => (await import('./signedResponse.ts')).signedResponse(),
};

/** Every decorator, in the order in which they apply: the only list of them. */
const allDecorators: readonly DecoratorKind[] = [dpop, signedResponse, signedRequest, pushed];

/** The decorators that a profile wants, made for one flow. */
export function decoratorsOf(profile: Profile): Promise<readonly Decorator[]> {
  return Promise.all(
    allDecorators.filter((kind) => kind.appliesTo(profile)).map((kind) => kind.make(profile)),
  );
}
