import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { DPoP, type DPoPHandle } from 'oauth4webapi';
import type { FlowContext } from './context.ts';
import type { Decorator } from './decorator.ts';

/** The name under which the vault keeps a profile's private DPoP key. */
const dpopKey = 'dpop_key';

const algorithm = 'ES256';

/**
 * Proves in each token request that the client holds a key, to which the tokens are then bound; a profile keeps its key.
 *
 * @see RFC 9449 sections 5 and 10
 */
export function dpop(): Decorator {
  let made: Promise<DPoPHandle> | undefined;
  const handle = (context: KeyKeeper) => (made ??= dpopHandle(context));
  return {
    async authorization(request, { context }) {
      const thumbprint = await (await handle(context)).calculateThumbprint();
      return { ...request, parameters: [...request.parameters, ['dpop_jkt', thumbprint]] };
    },
    token: async (request, { context }) => ({ ...request, dpop: await handle(context) }),
  };
}

type KeyKeeper = Pick<FlowContext, 'trace'> & Partial<Pick<FlowContext, 'made' | 'proofs'>>;

const mostHandles = 50;

/**
 * Makes proofs with a profile's key and remembers the nonces that servers want in them; the same one as before within a
 * session.
 *
 * @param role keeps the nonces of authorization server and API apart, even at one origin
 * @see RFC 9449 sections 8 and 9
 */
export async function dpopHandle(
  keeper: KeyKeeper,
  role: 'authorization' | 'resource' = 'authorization',
): Promise<DPoPHandle> {
  const { jwk, privateKey, publicKey } = await dpopPair(keeper);
  const { proofs = new Map<string, DPoPHandle>() } = keeper;
  const name = `${role} ${jwk.x ?? ''}`;
  const handle = proofs.get(name) ?? DPoP({}, { privateKey, publicKey });
  proofs.delete(name);
  proofs.set(name, handle);
  const [oldest = name] = proofs.keys();
  if (proofs.size > mostHandles) proofs.delete(oldest);
  return handle;
}

/** A profile's key pair and its algorithm. */
export interface DpopPair {
  readonly alg: string;
  /** The public half. */
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

/** The key that tokens of the profile are bound to, made when there is none. */
export async function dpopPair({
  made,
  trace,
}: KeyKeeper): Promise<DpopPair & { readonly publicKey: CryptoKey }> {
  const kept = JSON.parse(await (made?.(dpopKey, newKey) ?? newKey())) as JWK;
  trace.useSecret(kept.d ?? '');
  const shown = { ...kept };
  delete shown.d;
  const read = (jwk: JWK) => importJWK(jwk, algorithm, { extractable: true }) as Promise<CryptoKey>;
  const [privateKey, publicKey] = await Promise.all([read(kept), read(shown)]);
  return { alg: algorithm, jwk: shown, privateKey, publicKey };
}

async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}
