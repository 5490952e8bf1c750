import { compactVerify, decodeProtectedHeader } from 'jose';
import type { FlowContext } from './context.ts';
import { plainText } from '../http/plainText.ts';
import { fetchKeySet, privateKeysIn, type FetchedKeySet, type KeySet } from '../keys/keySet.ts';
import { missingKey } from '../keys/missingKey.ts';
import { signatureAlgorithms, verifyWithKeys } from '../keys/verifyWithKeys.ts';
import { idTokenRefused } from './idTokenFailure.ts';
import { shown } from './idTokenProblem.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/** What a signature is checked with. */
export interface SignatureNeeds {
  readonly alg: string;
  readonly metadata: ServerMetadata;
  readonly context: FlowContext;
}

/**
 * Checks the signature of an id_token with the key that its `alg` asks for. Where no keys can be had it came over TLS from the
 * token endpoint itself, which may stand for the signature: then it is taken.
 *
 * @returns why the signature was not checked; undefined when it is good
 * @throws FailureError of kind `invalid_id_token`
 * @see OpenID Connect Core 1.0 section 3.1.3.7
 */
export async function checkSignature(idToken: string, needs: SignatureNeeds): Promise<string | undefined> {
  const { alg, metadata, context } = needs;
  if (alg.startsWith('HS')) return checkWithSecret(idToken, needs);
  if (!signatureAlgorithms.includes(alg))
    return `${plainText(alg, 40)} is an algorithm that OAuth Explorer does not know.`;
  const from: unknown = metadata.server.jwks_uri;
  if (typeof from !== 'string') return noKeys(metadata);
  context.trace.enter('jwks');
  const set = await fetchKeySet(from, context.fetch('jwks', 'jwks'));
  if (set.kind === 'failed') return set.why;
  notePrivateKeys(set, context);
  const key = { alg, from, ...named(idToken) };
  const result = await verifyWithKeys(idToken, set.jwks);
  switch (result.kind) {
    case 'valid':
      return undefined;
    case 'invalid':
      throw refused(
        'signature',
        `its signature does not fit the keys of the server (${plainText(from, 200)})`,
      );
    case 'key_not_found':
      throw refused('key_not_found', `${noFittingKey}: ${missingKey(set.jwks, key)}`);
    case 'not_checked':
      if (result.why === 'no_keys') throw withoutKeys(set.jwks, key);
      throw refused('malformed', 'it is no JSON Web Token that can be checked');
  }
}

/** Whoever reads a private key can sign as the server does. @see RFC 7517 section 9.2 */
function notePrivateKeys(
  { jwks, from }: Extract<FetchedKeySet, { readonly kind: 'keys' }>,
  { trace }: FlowContext,
): void {
  const [first, ...others] = privateKeysIn(jwks);
  const exchange = trace.exchanges.findLast(({ purpose }) => purpose === 'jwks')?.id;
  if (first === undefined || exchange === undefined) return;
  const which = first === '' ? 'a key' : `the key “${plainText(first, 100)}”`;
  const more = others.length === 0 ? '' : ` and of ${others.length} more`;
  const message = `The key set at ${plainText(from, 200)} publishes the private half of ${which}${more}: whoever reads it can sign as the server. Have the operator replace it at once.`;
  trace.deviate(exchange, [{ code: 'private_key_published', message, source: 'RFC 7517 section 9.2' }]);
}

/** A set without any public key: an empty one names none, another one cannot be read. */
function withoutKeys(
  jwks: KeySet,
  key: { readonly alg: string; readonly kid?: string; readonly from: string },
) {
  return jwks.keys.length === 0
    ? refused('key_not_found', `${noFittingKey}: ${missingKey(jwks, key)}`)
    : refused(
        'jwks',
        `the keys of the server cannot be read: the key set at ${plainText(key.from, 200)} holds no public key`,
      );
}

const noFittingKey = 'the server publishes no key that it could be signed with';

function refused(code: string, detail: string) {
  return idTokenRefused({ code, problem: 'wrong', detail }, 'jwks');
}

function named(idToken: string): { readonly kid?: string } {
  const { kid } = decodeProtectedHeader(idToken);
  const name: unknown = kid;
  return name === undefined ? {} : { kid: shown(name) };
}

function noKeys({ published, homeward }: ServerMetadata): string {
  if (published === undefined)
    return 'the metadata of the server was not read, and the profile does not say where its keys are.';
  return homeward?.includes('jwks_uri') === true
    ? 'the metadata of the server puts its keys (jwks_uri) on this computer or its network, so they were not fetched.'
    : 'the metadata of the server names no keys (jwks_uri).';
}

/** @see OpenID Connect Core 1.0 section 10.1 */
async function checkWithSecret(idToken: string, { alg, context }: SignatureNeeds): Promise<undefined> {
  const secret = context.authentication.usesSecret ? await context.secret() : undefined;
  if (secret === undefined || secret === '')
    throw refused(
      'signature',
      `it is signed with ${plainText(alg, 40)}, that is with the client secret, and this client has none`,
    );
  context.trace.useSecret(secret);
  try {
    await compactVerify(idToken, new TextEncoder().encode(secret), {
      algorithms: ['HS256', 'HS384', 'HS512'],
    });
  } catch {
    throw refused('signature', `its signature (${plainText(alg, 40)}) does not fit the client secret`);
  }
}
