import type { DecodedToken, TokenPart } from './decode.ts';
import { momentOf } from './times.ts';

const times = new Set(['iat', 'nbf', 'exp', 'auth_time', 'updated_at']);

/**
 * A token's content as text for comparing line by line: members in alphabetical order, times with their date; without the token
 * itself and its signature.
 */
export function compareText(token: DecodedToken): string {
  const { header, payload } = token;
  if (!header && !payload) return `// ${token.kind}, ${token.token.length} characters\n`;
  const parts = [
    ...(header ? [`"header": ${partText(header)}`] : []),
    ...(payload ? [`"claims": ${partText(payload)}`] : []),
  ];
  return `{\n${parts.map((part) => `  ${part}`).join(',\n')}\n}\n`;
}

function partText({ json, text, exact }: TokenPart): string {
  if (json === undefined) return JSON.stringify(text);
  const names = Object.keys(json).sort();
  const lines = names.map((name, index) => {
    // A number that JavaScript would round is written as in the token.
    const value = exact?.get(name) ?? JSON.stringify(json[name], undefined, 2).replaceAll('\n', '\n    ');
    const when = times.has(name) ? dateOf(json[name]) : '';
    return `    ${JSON.stringify(name)}: ${value}${index < names.length - 1 ? ',' : ''}${when}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n  }`;
}

function dateOf(value: unknown): string {
  const date = new Date(momentOf(value) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : ` // ${date.toISOString()}`;
}
