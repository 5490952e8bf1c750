import type { LiveFlow } from '../flow/liveFlow.ts';
import type { FlowReport } from '../record/report.ts';
import type { Exchange } from '../record/exchange.ts';
import { redactExchanges } from '../http/redact.ts';

interface Redacted {
  readonly verifier: string | undefined;
  readonly exchanges: readonly Exchange[];
}

/** Cached by the original exchanges, which never change: every redraw needs them again. */
const made = new WeakMap<readonly Exchange[], Redacted>();

/** A flow's exchanges fit for showing and exporting: without any secret that was used in any of them. */
export function redactFlow({ exchanges, pkce }: FlowReport | LiveFlow): readonly Exchange[] {
  const verifier = pkce?.code_verifier;
  const known = made.get(exchanges);
  if (known && known.verifier === verifier) return known.exchanges;
  const redacted = redactExchanges(exchanges, verifier === undefined ? [] : [verifier]);
  made.set(exchanges, { verifier, exchanges: redacted });
  return redacted;
}
