import { collect } from './collect.ts';
import type { ImportResult, Variables } from './imported.ts';
import { variableGroups } from './variableGroups.ts';

/** Lines such as `CLIENT_ID=abc`, `export TOKEN_URL="https://…"` or `client_id: abc`. */
export function fromDotenv(text: string): ImportResult {
  const variables = readVariables(text);
  return collect('variables', variableGroups(variables, hostOf(variables)));
}

function readVariables(text: string): Variables {
  const variables = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+|set\s+|\$env:)?@?([A-Za-z_][\w.-]{0,100})\s*[:=]\s*(.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) variables.set(match[1], unquoted(match[2]));
  }
  return variables;
}

function unquoted(value: string): string {
  const trimmed = value.trim().replace(/[,;]$/, '');
  const quoted = /^(["'`])(.*)\1(\s+#.*)?$/.exec(trimmed);
  return quoted?.[2] ?? trimmed.replace(/\s+#.*$/, '');
}

function hostOf(variables: Variables): string {
  const url = [...variables.values()].find((value) => /^https?:/.test(value) && URL.canParse(value));
  return url === undefined ? 'Imported' : new URL(url).host;
}
