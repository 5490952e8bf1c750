import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults/fault.ts';
import { faultsPage, pagePolicy } from './pages.ts';

/** The switches as the page sees them. */
export interface FaultSwitches {
  readonly issuer: string;
  readonly faults: readonly Fault[];
  /** Ids of those that are on. */
  active: () => readonly string[];
  set: (ids: readonly string[]) => void;
}

const longestForm = 8 * 1024;

/** Serves the page on which a person switches faults on and off. */
export async function serveFaultsPage(
  request: IncomingMessage,
  response: ServerResponse,
  switches: FaultSwitches,
): Promise<void> {
  if (request.method === 'POST') {
    // Another web page in the user's browser has no business here.
    if (request.headers.origin !== switches.issuer) {
      response.writeHead(403).end();
      return;
    }
    const known = new Set(switches.faults.map(({ id }) => id));
    const chosen = new URLSearchParams(await readForm(request)).getAll('fault');
    switches.set(chosen.filter((id) => known.has(id)));
    response.writeHead(303, { Location: '/faults' }).end();
    return;
  }
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy };
  response.writeHead(200, headers).end(faultsPage(switches.faults, new Set(switches.active())));
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) return '';
  }
  return text;
}
