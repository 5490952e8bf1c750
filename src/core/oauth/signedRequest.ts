import { issueRequestObject, modifyAssertion } from 'oauth4webapi';
import { materialOf } from '../authentication/authentication.ts';
import { authenticationOf } from '../authentication/all.ts';
import { newSigningKey, requestObjectKey } from '../authentication/newSigningKey.ts';
import { privateParts } from '../authentication/privateKey.ts';
import { signingKey } from '../authentication/signingKey.ts';
import type { DecoratedFlow, Decorator } from './decorator.ts';
import { formOf } from './tokenRequest.ts';

/**
 * Signs the authorization request as a JWT, so that nobody on the way can change it: with the key that the client authenticates
 * with, else with one that was made for this.
 *
 * @see RFC 9101 sections 4 and 5
 */
export const signedRequest: Decorator = {
  async authorization(request, flow) {
    const { profile, metadata } = flow;
    const withKey = authenticationOf(profile).needs === 'key';
    const required = withKey && metadata.server.require_signed_request_object === true;
    if (!required && profile.signAuthorizationRequest !== true) return request;
    // The `client_id` of the request: a check may send another one than the profile's.
    const clientId = request.parameters.find(([name]) => name === 'client_id')?.[1] ?? profile.clientId;
    const { key, alg, kid } = await signingKey(await keyOf(flow, withKey), withKey ? profile : {});
    const signed = await issueRequestObject(
      metadata.server,
      { client_id: clientId },
      formOf(request.parameters),
      { key, ...(kid === undefined ? {} : { kid }) },
      { [modifyAssertion]: (header) => void Object.assign(header, { alg }) },
    );
    return {
      endpoint: request.endpoint,
      parameters: [
        ['client_id', clientId],
        ['request', signed],
      ],
    };
  },
};

async function keyOf({ context }: DecoratedFlow, withKey: boolean): Promise<string> {
  const own = withKey ? await context.material('key') : undefined;
  const key =
    own === undefined
      ? await (context.made?.(requestObjectKey, () => newSigningKey()) ?? newSigningKey())
      : materialOf(own, 'key').key;
  for (const part of privateParts(key)) context.trace.useSecret(part);
  return key;
}
