import { pushedAuthorizationRequest, type ClientAuth } from 'oauth4webapi';
import type { Deviation } from '../record/exchange.ts';
import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import { requireOwnServer } from './clientAuthentication.ts';
import type { AuthorizationRequest, DecoratedFlow, Decorator } from './decorator.ts';
import { endpointAnswer, textOf } from './endpointAnswer.ts';
import { libraryPost } from './libraryFetch.ts';
import { requireSecure } from './serverMetadata.ts';
import { wantsNonce } from './tokenEndpoint.ts';
import { formOf } from './tokenRequest.ts';

const endpointName = 'pushed_authorization_request_endpoint';

/**
 * Pushes the authorization request to the server, authenticated, so that the browser's URL holds only `client_id` and
 * `request_uri`.
 *
 * @see RFC 9126 sections 2 and 4
 */
export const pushedRequest: Decorator = {
  async authorization(request, flow) {
    const { profile, metadata } = flow;
    const required = metadata.server.require_pushed_authorization_requests === true;
    if (!required && profile.pushAuthorizationRequest !== true) return request;
    const { [endpointName]: endpoint, issuer } = metadata.server;
    if (typeof endpoint !== 'string') throw nowhere(issuer);
    if (profile.pushedAuthorizationRequestEndpoint === undefined)
      requireSecure(endpointName, endpoint, issuer);
    requireOwnServer(profile, metadata, 'client secret', [endpointName]);
    return {
      endpoint: request.endpoint,
      parameters: [
        ['client_id', clientIdOf(request, profile)],
        ['request_uri', await push(request, await flow.authenticate(), flow)],
      ],
    };
  },
};

/** The `client_id` of the request: a check may send another one than the profile's. */
function clientIdOf({ parameters }: AuthorizationRequest, { clientId }: Profile): string {
  return parameters.find(([name]) => name === 'client_id')?.[1] ?? clientId;
}

async function push(
  request: AuthorizationRequest,
  authentication: ClientAuth,
  flow: DecoratedFlow,
): Promise<string> {
  const { profile, metadata, context } = flow;
  const { server } = metadata;
  // The same key as at the token endpoint, to which the tokens are bound. @see RFC 9449 section 10.1
  const DPoP = profile.dpop === true ? await (await import('./dpop.ts')).dpopHandle(context) : undefined;
  const client = { client_id: clientIdOf(request, profile) };
  const options = {
    ...libraryPost(context.fetch('par', 'authorization')),
    ...(DPoP === undefined ? {} : { DPoP }),
  };
  const send = () =>
    pushedAuthorizationRequest(server, client, authentication, formOf(request.parameters), options);
  let response = await send();
  if (DPoP !== undefined && (await wantsNonce(response))) response = await send();
  const text = await response.text();
  const exchange = context.trace.idOf(response);
  const host = new URL(server.pushed_authorization_request_endpoint ?? '').host;
  const origin = {
    ...{
      host,
      step: 'authorization' as const,
      requestedScopes: profile.scopes,
      asked: 'pushed authorization request',
    },
    ...(exchange === undefined ? {} : { exchange }),
  };
  const members = endpointAnswer(text, response, origin, {
    members: ['request_uri'],
    code: 'no_request_uri',
    advice: 'Check the endpoint for pushed authorization requests; the flow view shows the whole answer.',
  });
  if (exchange !== undefined) context.trace.deviate(exchange, deviationsOf(response.status, members));
  return textOf(members['request_uri']) ?? '';
}

function deviationsOf(
  status: number,
  { expires_in: lifetime }: Readonly<Record<string, unknown>>,
): readonly Deviation[] {
  const source = 'RFC 9126 section 2.2';
  return [
    ...(status === 201
      ? []
      : [{ code: 'par_status', message: `The request was taken with status ${status}, not 201.`, source }]),
    ...(typeof lifetime === 'number' && lifetime > 0
      ? []
      : [{ code: 'par_lifetime', message: 'The response has no positive number as expires_in.', source }]),
  ];
}

function nowhere(issuer: string): FailureError {
  return new FailureError({
    kind: 'metadata_missing',
    step: 'authorization',
    missing: endpointName,
    message: `The metadata of ${issuer} names no pushed authorization request endpoint.`,
    advice: 'Do not push the authorization request, or type the endpoint into the profile.',
  });
}
