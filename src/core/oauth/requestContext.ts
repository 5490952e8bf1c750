import type { DPoPHandle } from 'oauth4webapi';
import type { Material, MaterialKind } from '../authentication/authentication.ts';
import type { ClientSecret, Clock, Fetch, Made } from '../ports.ts';
import type { ExchangePurpose } from '../record/exchange.ts';
import type { FlowStep } from '../record/failure.ts';
import type { Trace } from '../record/trace.ts';

/** What proofs were made with in a session, by role and key; each keeps the last nonce of every origin it was sent to. */
export type ProofHandles = Map<string, DPoPHandle>;

/** What one request of a flow is made with. */
export interface RequestContext {
  readonly trace: Trace;
  /** A fetch that records into `trace` and keeps the limits. @see core/http/recordingFetch */
  readonly fetch: (purpose: ExchangePurpose, step: FlowStep) => Fetch;
  readonly clock: Clock;
  /** Ends the flow at whatever it waits for. */
  readonly signal: AbortSignal;
  /** What the client proves itself with there, of the kind that its authentication needs; absent when there is none. */
  readonly material: (
    kind: Exclude<MaterialKind, 'nothing'>,
    ...where: Parameters<ClientSecret>
  ) => Promise<Material | undefined>;
  /** A secret of ours that the vault keeps for this profile's server, such as a key; made when there is none yet. */
  readonly made: Made;
  /** What proofs of possession were made with before; absent: nothing is remembered. */
  readonly proofs?: ProofHandles;
}
