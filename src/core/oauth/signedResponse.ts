import { decodeProtectedHeader } from 'jose';
import { FailureError } from '../record/failure.ts';
import { kindOf, textsOf } from '../../shared/json.ts';
import { plainText } from '../http/plainText.ts';
import { isIssuer } from './authorizationResponse.ts';
import type { DecoratedFlow, Decorator } from './decorator.ts';
import { reasonOf } from './idTokenFailure.ts';
import { tolerated } from './idTokenOddities.ts';
import { isEncrypted, withoutEncryption } from './isJwt.ts';
import { algorithmProblem, comparison, timeProblem, type IdTokenProblem } from './idTokenProblem.ts';
import { serverSignature } from './idTokenSignature.ts';
import { readableClaims } from './jwtClaims.ts';
import { openEncrypted } from './openEncrypted.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/**
 * Reads an authorization response out of a signed JWT, once signature, issuer, audience and times were checked.
 *
 * @see JWT Secured Authorization Response Mode for OAuth 2.0 section 2.4
 */
export function signedResponse(): Decorator {
  return {
    async received(received, flow) {
      if (received.kind !== 'redirect') return received;
      if (!received.parameters.has('response')) throw unsigned();
      return { kind: 'redirect', parameters: await open(received.parameters, flow) };
    },
  };
}

async function open(
  parameters: URLSearchParams,
  { profile, metadata, context }: DecoratedFlow,
): Promise<URLSearchParams> {
  const [came = '', ...others] = parameters.getAll('response');
  if (others.length > 0) throw notBelieved('does not hold: it came more than once');
  const found = isEncrypted(came) ? await openEncrypted(came, profile, context) : { text: came };
  if ('closed' in found) throw notBelieved(`does not hold: ${found.closed}`, 'encrypted');
  const token = found.text;
  const claims = readableClaims(token);
  const problem =
    claims === undefined
      ? { code: 'malformed', problem: 'wrong' as const }
      : (unlisted(token, metadata) ??
        problemIn(claims, metadata, profile.clientId, context.clock.now() / 1000));
  if (problem !== undefined) throw notBelieved(`does not hold: ${reasonOf(problem)}`, problem.code);
  const signature = await serverSignature(token, metadata, context);
  if (signature.problem !== undefined) throw notBelieved(`does not hold: ${reasonOf(signature.problem)}`);
  if (signature.unchecked !== undefined)
    throw notBelieved(`could not be checked: ${signature.unchecked.replace(/\.$/, '')}`);
  const opened = new URLSearchParams();
  for (const [name, value] of Object.entries(claims ?? {}))
    if (typeof value === 'string' && name !== 'aud') opened.set(name, value);
  return opened;
}

/** The problem with an algorithm that the server does not list for such responses; undefined when there is none. */
function unlisted(token: string, { server }: ServerMetadata): IdTokenProblem | undefined {
  const { alg } = decodeProtectedHeader(token);
  const listed = textsOf(server.authorization_signing_alg_values_supported);
  return alg === 'none' || (listed.length > 0 && !listed.includes(alg ?? ''))
    ? algorithmProblem({ header: { alg }, expected: listed })
    : undefined;
}

/** What is wrong with the claims. @param now seconds since the epoch */
function problemIn(
  { iss, aud, exp, nbf }: Readonly<Record<string, unknown>>,
  { server, issuerKnown }: ServerMetadata,
  clientId: string,
  now: number,
): IdTokenProblem | undefined {
  if (typeof iss !== 'string' || (issuerKnown && !isIssuer(iss, server.issuer)))
    return comparison('iss', iss, server.issuer);
  if (aud !== clientId && !(Array.isArray(aud) && aud.includes(clientId)))
    return comparison('aud', aud, clientId);
  if (exp === undefined) return { code: 'exp', problem: 'missing' };
  if (typeof exp !== 'number' || exp <= now - tolerated) return offTime('exp', exp, now);
  return nbf === undefined || (typeof nbf === 'number' && nbf <= now + tolerated)
    ? undefined
    : offTime('nbf', nbf, now);
}

function offTime(code: string, received: unknown, now: number): IdTokenProblem {
  return typeof received === 'number'
    ? timeProblem(code, received, now)
    : { code, problem: 'type', received: kindOf(received) };
}

/** @param why to follow “the response” @param code of the problem */
function notBelieved(why: string, code?: string): FailureError {
  return new FailureError({
    ...{ kind: 'invalid_redirect', step: 'redirect', code: 'response_jwt' },
    message: `The signed authorization response ${plainText(why, 500)}, so it was not used.`,
    advice:
      code === 'encrypted'
        ? withoutEncryption('authorization_encrypted_response_alg')
        : 'Compare its issuer, audience, algorithm (authorization_signed_response_alg) and key with the metadata of the server; the clock of this machine has to be right.',
  });
}

/** An unsigned response may have been stripped of its signature on the way. */
function unsigned(): FailureError {
  return new FailureError({
    ...{ kind: 'invalid_redirect', step: 'redirect', code: 'response_unsigned' },
    message:
      'A signed authorization response (response_mode=jwt) was asked for, and an unsigned one came, so it was not used.',
    advice: 'Check that the server supports JARM (response_modes_supported), or remove response_mode.',
  });
}
