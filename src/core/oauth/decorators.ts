import { hasRedirect, type Profile } from '../profile/profile.ts';
import type { Decorator, DecoratorKind } from './decorator.ts';

/** Binds tokens to a key. @see RFC 9449 */
const dpop: DecoratorKind = {
  id: 'dpop',
  appliesTo: (profile) => profile.dpop === true,
  make: async () => (await import('./dpop.ts')).dpop(),
};

/** Hands the authorization request to the server first, where the profile says so or the server requires it. @see RFC 9126 */
const pushed: DecoratorKind = {
  id: 'par',
  appliesTo: hasRedirect,
  make: async () => (await import('./pushedRequest.ts')).pushedRequest,
};

/** Signs the authorization request, where the profile says so or the server requires it of a client with a key. @see RFC 9101 */
const signedRequest: DecoratorKind = {
  id: 'jar',
  appliesTo: hasRedirect,
  make: async () => (await import('./signedRequest.ts')).signedRequest,
};

/** Opens a signed authorization response. @see JWT Secured Authorization Response Mode for OAuth 2.0 */
const signedResponse: DecoratorKind = {
  id: 'jarm',
  appliesTo: ({ authorizationParameters }) =>
    /^(?:jwt|query\.jwt|form_post\.jwt)$/.test(authorizationParameters?.['response_mode'] ?? ''),
  make: async () => (await import('./signedResponse.ts')).signedResponse(),
};

/** What can be done to the requests of a flow, in the order in which it is done: the only list of it. */
const allDecorators: readonly DecoratorKind[] = [dpop, signedResponse, signedRequest, pushed];

/** What a profile wants done to the requests of one flow. */
export function decoratorsOf(profile: Profile): Promise<readonly Decorator[]> {
  return Promise.all(
    allDecorators.filter((kind) => kind.appliesTo(profile)).map((kind) => kind.make(profile)),
  );
}
