import type { SourceView } from '../../../shared/views/finding.ts';

/** A section of the MCP specification on authorization, by its words. */
export function mcp(section: string, anchor: string): SourceView {
  return {
    text: `MCP authorization, ${section}`,
    url: `https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#${anchor}`,
  };
}
