import type { DPoPHandle } from 'oauth4webapi';
import type { Material, MaterialKind } from '../authentication/authentication.ts';
import type { ClientSecret, Clock, Fetch, Made } from '../ports.ts';
import type { ExchangePurpose } from '../record/exchange.ts';
import type { FlowStep } from '../record/failure.ts';
import type { Trace } from '../record/trace.ts';

/** The DPoP handles of a session, by role and key; each keeps the last nonce of every origin that it was sent to. */
export type ProofHandles = Map<string, DPoPHandle>;

/** What making one request of a flow takes. */
export interface RequestContext {
  readonly trace: Trace;
  /** A fetch that records into `trace` and keeps the limits. @see core/http/recordingFetch */
  readonly fetch: (purpose: ExchangePurpose, step: FlowStep) => Fetch;
  readonly clock: Clock;
  /** Ends the flow at whatever it waits for. */
  readonly signal: AbortSignal;
  /** The secret, key or certificate that the client authenticates with there; absent when there is none. */
  readonly material: (
    kind: Exclude<MaterialKind, 'nothing'>,
    ...where: Parameters<ClientSecret>
  ) => Promise<Material | undefined>;
  /** Keeps a secret of our own, such as a key, in the vault for this profile's server; makes it when there is none. */
  readonly made: Made;
  /** The DPoP handles used before; absent: no nonce is remembered. */
  readonly proofs?: ProofHandles;
}
