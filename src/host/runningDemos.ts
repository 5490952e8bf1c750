import { networkFetch } from '../adapters/network.ts';
import { readBody } from '../core/http/readBody.ts';
import { member } from '../shared/json.ts';

/** How long to wait for an answer from this machine, in milliseconds. */
const patience = 1000;

/** Which of the demo servers at `issuers` are running, perhaps in another window: those whose metadata names that issuer. */
export async function runningDemos(issuers: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = [...new Set(issuers)];
  const runs = await Promise.all(asked.map(isThere));
  return new Set(asked.filter((_, at) => runs[at]));
}

async function isThere(issuer: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patience);
    const response = await networkFetch(`${issuer}/.well-known/openid-configuration`, { signal });
    const { text } = await readBody(response, 100_000);
    return member(JSON.parse(text) as unknown, 'issuer') === issuer;
  } catch {
    return false;
  }
}
