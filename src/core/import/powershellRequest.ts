import { bodyRequest, type CommandRequest } from './curlRequest.ts';
import { shellCommands } from './shellWords.ts';

/**
 * Reads `Invoke-WebRequest` or `Invoke-RestMethod`, as browsers copy it: body and headers as texts or as `@{ name = 'value' }`.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod
 */
export function readPowershell(text: string): CommandRequest {
  const command = text.slice(
    Math.max(0, text.search(/\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\b/i)),
  );
  const headers = [...tableAfter(command, 'Headers')].map(([name, value]) => `${name}: ${value}`);
  const table = tableAfter(command, 'Body');
  const words = shellCommands(command, 'powershell').flat();
  const after = (option: RegExp) => {
    const at = words.findIndex((word) => option.test(word));
    return at < 0 ? undefined : words[at + 1];
  };
  const url = after(/^-Uri$/i) ?? words.find((word) => /^https?:\/\//.test(word)) ?? '';
  const body =
    table.size > 0
      ? new URLSearchParams([...table]).toString()
      : (after(/^-Body$/i) ?? '').replace(/^@\{$/, '');
  return bodyRequest(url, body, headers);
}

/** The pairs of `-Name @{ a = 'b'; "c" = "d" }`. */
function tableAfter(command: string, option: string): ReadonlyMap<string, string> {
  const start = new RegExp(`-${option}\\s{1,20}@\\{`, 'i').exec(command);
  if (!start) return new Map();
  const from = start.index + start[0].length;
  const pairs = new Map<string, string>();
  const pair =
    /\s*["']?([\w-]{1,100})["']?\s*=\s*(?:"((?:`.|[^"`])*)"|'((?:''|[^'])*)'|([^\s;}]+))\s*;?|\s*(\})/gsy;
  pair.lastIndex = from;
  for (let found = pair.exec(command); found && found[5] === undefined; found = pair.exec(command))
    pairs.set(
      found[1] ?? '',
      found[2]?.replace(/`(.)/gs, '$1') ?? found[3]?.replaceAll("''", "'") ?? found[4] ?? '',
    );
  return pairs;
}
