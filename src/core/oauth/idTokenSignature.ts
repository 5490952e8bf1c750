import { compactVerify, decodeProtectedHeader } from 'jose';
import type { FlowContext } from './context.ts';
import { kindOf } from '../../shared/json.ts';
import { plainText } from '../http/plainText.ts';
import { fetchKeySet, privateKeysIn, type FetchedKeySet } from '../keys/keySet.ts';
import { missingKey } from '../keys/missingKey.ts';
import { signatureAlgorithms } from '../keys/signatureFit.ts';
import { verifyWithKeys } from '../keys/verifyWithKeys.ts';
import { idTokenRefused } from './idTokenFailure.ts';
import type { IdTokenProblem } from './idTokenProblem.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/** What is needed to check a signature. */
export interface SignatureNeeds {
  readonly alg: string;
  readonly metadata: ServerMetadata;
  readonly context: Pick<FlowContext, 'trace' | 'fetch' | 'secret'> & {
    readonly authentication: Pick<FlowContext['authentication'], 'usesSecret'>;
  };
}

/** The result for a signature: a `problem`, or why it was not checked; neither when it is good. */
export interface SignatureOutcome {
  readonly problem?: IdTokenProblem;
  readonly unchecked?: string;
}

/**
 * Checks the signature of an id_token with the key that its `alg` asks for. Where no keys can be had, the token is accepted: it
 * came over TLS from the token endpoint itself, which may stand for the signature.
 *
 * @returns why the signature was not checked; undefined when it is good
 * @throws FailureError of kind `invalid_id_token`
 * @see OpenID Connect Core 1.0 section 3.1.3.7
 */
export async function checkSignature(idToken: string, needs: SignatureNeeds): Promise<string | undefined> {
  const { metadata, context } = needs;
  const { problem, unchecked } = needs.alg.startsWith('HS')
    ? await checkWithSecret(idToken, needs)
    : await serverSignature(idToken, metadata, {
        trace: context.trace,
        fetch: (...asked) => {
          context.trace.enter('jwks');
          return context.fetch(...asked);
        },
      });
  if (problem !== undefined) throw idTokenRefused(problem, 'jwks');
  return unchecked;
}

/**
 * Checks the signature of a JWT with the server's published keys: the one place that does so for id_tokens and for signed
 * responses.
 *
 * @throws FailureError when the flow was cancelled
 * @see RFC 7515 section 5.2
 */
export async function serverSignature(
  token: string,
  metadata: ServerMetadata,
  context: Pick<FlowContext, 'trace' | 'fetch'>,
): Promise<SignatureOutcome> {
  const { alg, kid } = headerOf(token);
  if (typeof alg !== 'string') return notAJwt;
  const strange = {
    unchecked: `${plainText(alg, 40)} is an algorithm or has a curve that OAuth Explorer does not check with published keys.`,
  };
  if (!signatureAlgorithms.includes(alg)) return strange;
  const from: unknown = metadata.server.jwks_uri;
  if (typeof from !== 'string') return { unchecked: noKeys(metadata, from) };
  const set = await fetchKeySet(from, context.fetch('jwks', 'jwks'));
  if (set.kind === 'failed') return { unchecked: set.why };
  notePrivateKeys(set, context);
  const at = plainText(from, 200);
  const noFittingKey = () =>
    refused(
      'key_not_found',
      `the server publishes no key that it could be signed with: ${missingKey(set.jwks, { alg, from, kid })}`,
    );
  if (token.endsWith('.'))
    return refused('signature', `it has no signature, although its header says that it is signed (${alg})`);
  const result = verifyWithKeys(token, set.jwks);
  if (result.kind === 'valid') return {};
  if (result.kind === 'invalid')
    return refused('signature', `its signature does not fit the keys of the server (${at})`);
  if (result.kind === 'key_not_found') return noFittingKey();
  switch (result.why) {
    case 'unsupported_alg':
      return strange;
    case 'unsupported_crit':
      return { problem: { code: 'crit', problem: 'wrong' } };
    case 'malformed':
      return notAJwt;
    case 'no_keys':
      // A set without keys fits nothing; one with keys could not be read.
      return set.jwks.keys.length === 0
        ? noFittingKey()
        : refused('jwks', `the keys of the server cannot be read: the key set at ${at} holds no public key`);
  }
}

const notAJwt = refused('malformed', 'it is not a JSON Web Token that can be checked');

function headerOf(token: string): { readonly alg?: unknown; readonly kid?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return {};
  }
}

/** Notes a private key in the server's JWK Set: whoever reads it can sign as the server. @see RFC 7517 section 9.2 */
function notePrivateKeys(
  { jwks, from }: Extract<FetchedKeySet, { readonly kind: 'keys' }>,
  { trace }: Pick<FlowContext, 'trace'>,
): void {
  const [first, ...others] = privateKeysIn(jwks);
  const exchange = trace.exchanges.findLast(({ purpose }) => purpose === 'jwks')?.id;
  if (first === undefined || exchange === undefined) return;
  const which = first === '' ? 'a key' : `the key “${plainText(first, 100)}”`;
  const more = others.length === 0 ? '' : ` and of ${others.length} more`;
  const message = `The key set at ${plainText(from, 200)} publishes the private half of ${which}${more}: whoever reads it can sign as the server. Have the operator replace it at once.`;
  trace.deviate(exchange, [{ code: 'private_key_published', message, source: 'RFC 7517 section 9.2' }]);
}

function refused(code: string, detail: string): SignatureOutcome {
  return { problem: { code, problem: 'wrong', detail } };
}

function noKeys({ published, homeward }: ServerMetadata, received: unknown): string {
  if (published === undefined)
    return 'the metadata of the server was not read, and the profile does not say where its keys are.';
  return homeward?.includes('jwks_uri') === true
    ? 'the metadata of the server puts its keys (jwks_uri) on this computer or its network, so they were not fetched.'
    : `the metadata of the server names no keys (${received === undefined ? 'jwks_uri' : `its jwks_uri is ${kindOf(received)}`}).`;
}

/** @see OpenID Connect Core 1.0 section 10.1 */
async function checkWithSecret(idToken: string, { alg, context }: SignatureNeeds): Promise<SignatureOutcome> {
  const secret = context.authentication.usesSecret ? await context.secret() : undefined;
  if (secret === undefined || secret === '')
    return ofSecret(
      alg,
      `it is signed with ${plainText(alg, 40)}, that is with the client secret, and this client has none`,
    );
  context.trace.useSecret(secret);
  try {
    await compactVerify(idToken, new TextEncoder().encode(secret), {
      algorithms: ['HS256', 'HS384', 'HS512'],
    });
    return {};
  } catch {
    return ofSecret(alg, `its signature (${plainText(alg, 40)}) does not fit the client secret`);
  }
}

function ofSecret(alg: string, detail: string): SignatureOutcome {
  return { problem: { code: 'signature', problem: 'wrong', detail, received: plainText(alg, 40) } };
}
