import { introspectionRequest, processIntrospectionResponse } from 'oauth4webapi';
import { isTime } from '../isTime.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import { plainText } from '../http/plainText.ts';
import { clientOf } from '../oauth/clientAuthentication.ts';
import { endpointAnswer, textOf } from '../oauth/endpointAnswer.ts';
import { libraryPost } from '../oauth/libraryFetch.ts';
import { subjectOf } from '../oauth/sameUser.ts';
import type { Profile } from '../profile/profile.ts';
import type { TokenSet } from '../record/report.ts';
import { kindOf } from '../../shared/json.ts';
import { operationEndpoints } from '../grants/possibleOperations.ts';
import type { OperationDescriptor, OperationFlow, OperationResult } from './operation.ts';
import { signedAnswer, withAlgorithms } from './signedAnswer.ts';

/** Asks the server what it knows of the access token. @see RFC 7662 section 2, RFC 9701 */
export const introspection: OperationDescriptor = {
  id: 'introspection',
  title: 'Introspection',
  endpoint: operationEndpoints.introspection,
  step: 'introspection',
  async run(profile, flow) {
    return describe(await introspect(profile, flow), flow);
  },
};

/** What the server says of a token. */
export interface Introspected {
  readonly members: Readonly<Record<string, unknown>>;
  /** It came as a JWT whose signature holds. */
  readonly signed: boolean;
}

/**
 * Asks the introspection endpoint about the access token, for a signed answer where the server publishes that it gives one.
 *
 * @throws FailureError of step `introspection`
 * @see RFC 7662 section 2.1, RFC 9701 sections 4 and 5
 */
export async function introspect(profile: Profile, flow: OperationFlow): Promise<Introspected> {
  const { found, fetch, tokens, trace } = flow;
  const authentication = await flow.authenticate();
  const response = await introspectionRequest(
    ...([found.server, clientOf(profile), authentication, tokens.access_token] as const),
    {
      ...libraryPost(fetch('introspection', 'introspection')),
      additionalParameters: { token_type_hint: 'access_token' },
      requestJwtResponse: found.server.introspection_signing_alg_values_supported !== undefined,
    },
  );
  const exchange = trace.idOf(response);
  const type = mediaTypeOf(response.headers.get('content-type'));
  const host = new URL(found.server.introspection_endpoint ?? '').host;
  if (response.status === 200 && type === 'application/token-introspection+jwt') {
    // RFC 9701 section 5
    const server = withAlgorithms(found.server, 'introspection_signing_alg_values_supported');
    const read = (answer: Response) => processIntrospectionResponse(server, clientOf(profile), answer);
    const subject = `The signed introspection answer of ${new URL(found.server.issuer).host}`;
    const members = await signedAnswer(response, profile, flow, read, { step: 'introspection', subject });
    return { members, signed: true };
  }
  const origin = {
    ...{ host, step: 'introspection' as const, requestedScopes: [], asked: 'introspection request' },
    ...(exchange === undefined ? {} : { exchange }),
  };
  const members = endpointAnswer(await response.text(), response, origin, {
    ...{ members: ['active'], is: 'boolean', code: 'no_active' },
    why: ', which says whether the token is good',
    advice: 'Check the introspection endpoint; the flow view shows the whole answer.',
  });
  return { members, signed: false };
}

function describe({ members, signed }: Introspected, { tokens, clock }: OperationFlow): OperationResult {
  const how = signed ? ' The answer is signed, and its signature holds.' : '';
  if (members['active'] !== true) {
    const early = tokens.expires_at !== undefined && tokens.expires_at > clock.now();
    const why = early
      ? 'By its own expiry it would still be good: it was revoked, is unknown to this server, or this client may not see it.'
      : 'It is expired, revoked, unknown to this server, or this client may not see it.';
    return { verdict: 'not active', meaning: `The server says that the token is not active. ${why}${how}` };
  }
  const exp = typeof members['exp'] === 'number' ? members['exp'] * 1000 : undefined;
  const end = exp !== undefined && isTime(exp) ? new Date(exp).toISOString() : undefined;
  const over = exp !== undefined && exp <= clock.now();
  const parts = [
    end && (over ? `though by its exp it ended at ${end}` : `until ${end}`),
    named('with the scopes', members['scope']),
    named('for the client', members['client_id']),
    named('for the user', members['username'] ?? members['sub']),
  ].filter((part) => part !== undefined);
  const what = parts.length === 0 ? '' : `, ${parts.join(', ')}`;
  const other = otherSubject(members['sub'], tokens);
  return { verdict: 'active', meaning: `The server says that the token is active${what}.${how}${other}` };
}

/** Where the answer names another user than the token itself, or the id_token beside it. @see RFC 7662 section 2.2 */
function otherSubject(subject: unknown, { access_token: access, id_token: idToken }: TokenSet): string {
  if (subject === undefined) return '';
  const tokens = { 'the token itself': access, 'the id_token': idToken };
  const others = Object.entries(tokens).flatMap(([whose, token]) => {
    const own = subjectOf(token);
    return own === undefined || own === subject ? [] : [`in ${whose} it is ${plainText(own, 200)}`];
  });
  if (others.length === 0) return '';
  const came = typeof subject === 'string' ? plainText(subject, 200) : kindOf(subject);
  return ` The sub of the answer is ${came}; ${others.join(', ')}. A server may name its users differently to each client (pairwise); otherwise it speaks of another token.`;
}

function named(words: string, value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : `${words} ${plainText(text, 200)}`;
}
