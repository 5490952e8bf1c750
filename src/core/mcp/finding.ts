/** How much a deviation matters: nobody can connect, some cannot, or it is only a remark. */
export type McpSeverity = 'error' | 'warning' | 'note';

/** One side of a comparison, received or expected; untrusted text, shown as text. */
interface ComparedValue {
  readonly label: string;
  readonly value: string;
}

/** A deviation of an MCP server or its authorization server from the specification. */
export interface McpFinding {
  /** Stable: `challenge_missing`, `resource_differs`, ... */
  readonly code: string;
  readonly severity: McpSeverity;
  /** The fact, in one plain sentence. */
  readonly message: string;
  /** What to change on the server, one plain sentence. */
  readonly advice: string;
  /** Such as `RFC 9728 section 3.3`. */
  readonly source: string;
  /** What the rule compares, side by side. */
  readonly compared?: readonly ComparedValue[];
  /** Whether it was found in a response that tells nothing about the server itself. */
  readonly silent?: true;
}
