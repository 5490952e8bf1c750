/** How much a deviation matters: nobody can connect, some cannot, or it is only worth knowing. */
export type McpSeverity = 'error' | 'warning' | 'note';

/** One side of a comparison, as it was received or expected; text from outside, shown as text. */
interface ComparedValue {
  readonly label: string;
  readonly value: string;
}

/** Something that an MCP server or its authorization server does otherwise than its specification says. */
export interface McpFinding {
  /** Stable: `challenge_missing`, `resource_differs`, ... */
  readonly code: string;
  readonly severity: McpSeverity;
  /** What is so, one plain sentence. */
  readonly message: string;
  /** What to change on the server, one plain sentence. */
  readonly advice: string;
  /** Such as `RFC 9728 section 3.3`. */
  readonly source: string;
  /** What the rule compares, side by side. */
  readonly compared?: readonly ComparedValue[];
  /** It was seen in an answer that says nothing of the server itself. */
  readonly silent?: true;
}
