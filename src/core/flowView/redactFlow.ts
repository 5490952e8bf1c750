import type { LiveFlow } from '../flow/liveFlow.ts';
import type { FlowReport } from '../flow/report.ts';
import type { Exchange } from '../http/exchange.ts';
import { redactExchanges } from '../http/redact.ts';

/** A flow's exchanges as they may be shown and exported: without any secret that was used in any of them. */
export function redactFlow({ exchanges, pkce }: FlowReport | LiveFlow): readonly Exchange[] {
  return redactExchanges(exchanges, pkce ? [pkce.code_verifier] : []);
}
