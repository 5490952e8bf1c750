import type { FlowContext } from '../oauth/context.ts';

/** What an exploration needs from outside; its exchanges are recorded in `trace`. */
export type McpContext = Pick<FlowContext, 'trace' | 'fetch' | 'clock' | 'signal'>;
