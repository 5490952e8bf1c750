import type { Fault } from './fault.ts';
import {
  authorizationResponse,
  clientOf,
  isAuthorization,
  onAuthorizationResponse,
  withQuery,
} from './messages.ts';
import { isPublicHttps, sameBut, uriParts } from './uriParts.ts';

export const redirectFaults: readonly Fault[] = [
  {
    id: 'loopback-names-equal',
    title: 'Takes localhost, 127.0.0.1 and [::1] for the same host.',
    allowsRedirect: (requested, registered) =>
      sameBut('host', requested, registered) &&
      ['localhost', '127.0.0.1', '[::1]'].includes(uriParts(requested).host),
  },
  {
    id: 'trailing-slash-ignored',
    title: 'Ignores a slash at the end of a redirect URI.',
    allowsRedirect: (requested, registered) =>
      sameBut('path', requested, registered) && uriParts(requested).path === `${uriParts(registered).path}/`,
  },
  {
    id: 'path-case-ignored',
    title: 'Ignores upper and lower case in the path of a redirect URI.',
    allowsRedirect: (requested, registered) =>
      sameBut('path', requested, registered) &&
      uriParts(requested).path.toLowerCase() === uriParts(registered).path.toLowerCase(),
  },
  {
    id: 'path-prefix',
    title: 'Compares only the beginning of a redirect URI.',
    allowsRedirect: (requested, registered) =>
      sameBut('path', requested, registered) &&
      uriParts(requested).path.startsWith(uriParts(registered).path) &&
      /^\/?\w+$/.test(uriParts(requested).path.slice(uriParts(registered).path.length)),
  },
  {
    id: 'query-ignored',
    title: 'Ignores the query of a redirect URI.',
    allowsRedirect: (requested, registered) => sameBut('query', requested, registered),
  },
  {
    id: 'dot-segments-allowed',
    title: 'Takes a redirect URI that begins right and climbs away with dot segments.',
    allowsRedirect: (requested, registered) =>
      sameBut('path', requested, registered) &&
      uriParts(requested).path.startsWith(`${uriParts(registered).path}/../`),
  },
  {
    id: 'encoded-dot-segments-allowed',
    title: 'Takes a redirect URI that climbs away with encoded dot segments.',
    allowsRedirect: (requested, registered) =>
      sameBut('path', requested, registered) &&
      uriParts(requested).path.startsWith(`${uriParts(registered).path}/%2e%2e/`),
  },
  {
    id: 'backslash-taken',
    title: 'Takes what stands before a backslash and an @ for a user name.',
    allowsRedirect: (requested, registered) =>
      requested.replace(/\/\/[^/]*\\@([^/:]*)(?::\d+)?/, '//$1') === registered,
  },
  {
    id: 'userinfo-taken-for-host',
    title: 'Takes what stands before an @ for the host of a redirect URI.',
    allowsRedirect: (requested, registered) =>
      uriParts(requested).userinfo.replace(/:\d+$/, '') === uriParts(registered).host &&
      uriParts(requested).path === uriParts(registered).path,
  },
  {
    id: 'host-prefix',
    title: 'Compares only the beginning of the host of a redirect URI.',
    allowsRedirect: (requested, registered) =>
      sameBut('host', requested, registered) &&
      uriParts(requested).host.startsWith(`${uriParts(registered).host}.`),
  },
  {
    id: 'host-suffix',
    title: 'Compares only the end of the host of a redirect URI.',
    allowsRedirect: (requested, registered) =>
      sameBut('host', requested, registered) && uriParts(requested).host.endsWith(uriParts(registered).host),
  },
  {
    id: 'scheme-ignored',
    title: 'Takes http and https in a redirect URI for the same.',
    allowsRedirect: (requested, registered) => sameBut('scheme', requested, registered),
  },
  {
    id: 'fragment-allowed',
    title: 'Takes a redirect URI with a fragment.',
    allowsRedirect: (requested, registered) => sameBut('fragment', requested, registered),
  },
  {
    id: 'any-public-host',
    title: 'Redirects to any https URI on the internet.',
    allowsRedirect: isPublicHttps,
  },
  {
    id: 'errors-anywhere',
    title: 'Sends an error to a redirect URI it has not checked yet.',
    layer: () => async (request, next) => {
      const target = request.query.get('redirect_uri') ?? '';
      const early = isAuthorization(request) && request.query.get('response_type') !== 'code';
      if (!early || !isPublicHttps(target)) return next(request);
      const location = `${target}?error=unsupported_response_type&state=${request.query.get('state') ?? ''}`;
      return { status: 303, headers: { location }, body: '' };
    },
  },
  {
    id: 'code-in-errors',
    title: 'Sends a code along with an error.',
    layer: onAuthorizationResponse((url) => {
      if (url.searchParams.has('error')) url.searchParams.set('code', 'a-code-nobody-asked-for');
    }),
  },
  {
    id: 'port-required',
    title: 'Refuses a loopback redirect URI without a port, although it is registered so.',
    layer: () => (request, next) => {
      const uri = request.query.get('redirect_uri') ?? '';
      const refused = isAuthorization(request) && URL.canParse(uri) && new URL(uri).port === '';
      return next(refused ? withQuery(request, { redirect_uri: 'http://unregistered.invalid/' }) : request);
    },
  },
  {
    id: 'low-ports-refused',
    title: 'Accepts only some ports of the loopback address.',
    layer: () => (request, next) => {
      const uri = request.query.get('redirect_uri') ?? '';
      const refused =
        isAuthorization(request) &&
        URL.canParse(uri) &&
        Number(new URL(uri).port || 80) < 32_768 &&
        new URL(uri).port !== '';
      return next(refused ? withQuery(request, { redirect_uri: 'http://unregistered.invalid/' }) : request);
    },
  },
  {
    id: 'redirect-guessed',
    title: 'Takes the registered redirect URI when none is sent.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const registered = clientOf(request, clients)?.redirectUri;
        const missing = isAuthorization(request) && !request.query.has('redirect_uri');
        return next(
          missing && registered !== undefined ? withQuery(request, { redirect_uri: registered }) : request,
        );
      },
  },
  {
    id: 'last-redirect-used',
    title: 'Checks the first of two redirect URIs and uses the last.',
    layer: () => async (request, next) => {
      const [first, last] = request.query.getAll('redirect_uri');
      if (!isAuthorization(request) || first === undefined || last === undefined) return next(request);
      const response = await next(withQuery(request, { redirect_uri: first }));
      const url = authorizationResponse(response);
      return url === undefined
        ? response
        : { ...response, headers: { ...response.headers, location: `${last}${url.search}` } };
    },
  },
  {
    id: 'unknown-client-redirected',
    title: 'Sends an error to the redirect URI of a client that it does not know.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const target = request.query.get('redirect_uri') ?? '';
        if (!isAuthorization(request) || !URL.canParse(target) || clientOf(request, clients) !== undefined)
          return next(request);
        const url = new URL(target);
        url.searchParams.set('error', 'unauthorized_client');
        url.searchParams.set('state', request.query.get('state') ?? '');
        return Promise.resolve({ status: 303, headers: { location: url.href }, body: '' });
      },
  },
];
