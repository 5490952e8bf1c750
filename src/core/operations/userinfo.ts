import { isRedirect } from '../http/redirectStatus.ts';
import { processUserInfoResponse, skipSubjectCheck } from 'oauth4webapi';
import { sendBound } from '../api/sendBound.ts';
import { FailureError } from '../record/failure.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import { plainText } from '../http/plainText.ts';
import { member, objectOf } from '../../shared/json.ts';
import { clientOf } from '../oauth/clientAuthentication.ts';
import { subjectOf } from '../oauth/sameUser.ts';
import { endpointAnswer, textOf } from '../oauth/endpointAnswer.ts';
import { sentElsewhere } from '../oauth/tokenFailure.ts';
import type { Profile } from '../profile/profile.ts';
import { isBound } from '../token/isBound.ts';
import { operationEndpoints } from '../grants/possibleOperations.ts';
import type { OperationDescriptor, OperationFlow } from './operation.ts';
import { signedAnswer, withAlgorithms } from './signedAnswer.ts';

/** Asks the server who the user is, and compares it with the id_token. @see OpenID Connect Core 1.0 section 5.3 */
export const userinfo: OperationDescriptor = {
  id: 'userinfo',
  title: 'User info',
  endpoint: operationEndpoints.userinfo,
  step: 'api',
  async run(profile, flow) {
    // A token that is bound to the client's certificate is good only beside it. @see RFC 8705 section 3
    if (flow.authentication.needs === 'certificate') await flow.authenticate();
    const response = await ask(flow);
    const exchange = flow.trace.idOf(response);
    const members = await claimsIn(response, profile, flow, exchange);
    const subject = textOf(members['sub']) ?? '';
    const signedIn = subjectOf(flow.tokens.id_token);
    if (signedIn !== undefined && signedIn !== subject) throw otherUser(subject, signedIn, exchange);
    const same = signedIn === undefined ? '' : ' It is the one of the id_token.';
    const others = Object.keys(members).filter((name) => name !== 'sub');
    const rest = others.length === 0 ? 'no other claims' : `the claims ${others.slice(0, 30).join(', ')}`;
    // @see OpenID Connect Core 1.0 section 5.5
    const asked = Object.keys(objectOf(member(profile.claims, 'userinfo')));
    const missing = asked.filter((name) => !Object.hasOwn(members, name)).slice(0, 30);
    const lost =
      missing.length === 0 ? '' : ` Asked for and not there: ${plainText(missing.join(', '), 400)}.`;
    return {
      verdict: 'answered',
      meaning: `The user is ${plainText(subject, 200)}, with ${plainText(rest, 400)}.${same}${lost}`,
    };
  },
};

/** Sends the token as it wants to be sent. @see RFC 6750 section 2.1, RFC 9449 section 7.1 */
async function ask(flow: OperationFlow): Promise<Response> {
  const { endpoint, tokens, fetch } = flow;
  const send = fetch('userinfo', 'api');
  const accept = 'application/json, application/jwt;q=0.9';
  if (isBound(tokens)) {
    const request = { method: 'GET', url: endpoint, headers: new Headers({ accept }) };
    return sendBound(request, tokens, send, flow);
  }
  return send(endpoint, {
    method: 'GET',
    headers: { Accept: accept, Authorization: `Bearer ${tokens.access_token}` },
  });
}

async function claimsIn(
  response: Response,
  profile: Profile,
  flow: OperationFlow,
  exchange: number | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const host = new URL(flow.endpoint).host;
  const located = exchange === undefined ? {} : { exchange };
  const origin = { host, step: 'api' as const, requestedScopes: [], asked: 'userinfo request', ...located };
  if (isRedirect(response.status)) throw sentElsewhere(response, origin);
  if (response.status >= 300)
    throw new FailureError({
      ...{ kind: 'http_error', step: 'api', status: response.status, ...located },
      message: `${host} answered the userinfo request with status ${response.status}.`,
      advice: profile.scopes.includes('openid')
        ? 'See why the userinfo endpoint refuses.'
        : 'Ask for the scope openid: the userinfo endpoint takes only tokens that have it.',
    });
  const type = mediaTypeOf(response.headers.get('content-type'));
  if (type === 'application/jwt') {
    const read = (answer: Response) =>
      processUserInfoResponse(
        withAlgorithms(flow.found.server, 'userinfo_signing_alg_values_supported'),
        ...([clientOf(profile), skipSubjectCheck, answer] as const),
      );
    const subject = 'The signed userinfo answer';
    return signedAnswer(response, profile, flow, read, { step: 'api', subject, unsigned: true });
  }
  return endpointAnswer(await response.text(), response, origin, {
    ...{ members: ['sub'], code: 'no_sub', why: ', which says who the user is' },
    advice: 'The server breaks OpenID Connect Core 5.3.2 here: report it to its operator.',
  });
}

/** @see OpenID Connect Core 1.0 section 5.3.2 */
function otherUser(subject: string, signedIn: string, exchange: number | undefined): FailureError {
  return new FailureError({
    ...{ kind: 'malformed_response', step: 'api', code: 'other_subject' },
    ...(exchange === undefined ? {} : { exchange }),
    message: `The userinfo endpoint speaks of another user (${plainText(subject, 100)}) than the id_token (${plainText(signedIn, 100)}), so its answer must not be used.`,
    advice: 'Get a new token; if it stays, the server mixes up users or token substitution is at work.',
  });
}
