import { abortable } from '../abortable.ts';
import type { Clock, Fetch } from '../ports.ts';
import { nodeRequest } from './nodeRequest.ts';

/**
 * What a browser says with a page that a user opens. `fetch` cannot say it: it calls every request one of a script
 * (`Sec-Fetch-Mode: cors`), which servers answer otherwise.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export const navigationHeaders: Readonly<Record<string, string>> = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'none',
  'sec-fetch-user': '?1',
  'upgrade-insecure-requests': '1',
};

/** Milliseconds after which `fetch` is tried beside it: where only a proxy leads out, nothing answers. */
const patience = 5000;

const pastFetch: Fetch = (url, init = {}) => nodeRequest(url, init, {});

/**
 * A `fetch` that sends what it is given as a browser's navigation, past `fetch`. Where that reaches nobody (a proxy or a
 * certificate that only `fetch` knows) or is late, `fetch` is tried, too; who answers first is used from then on.
 */
export function navigation(fetch: Fetch, clock: Pick<Clock, 'timeout'>): Fetch {
  let known: Fetch | undefined;
  const isPast = () => known === pastFetch;
  return async (url, init = {}) => {
    if (known !== undefined) return known(url, init);
    const ask = async (way: Fetch, lost: AbortController, other: AbortController) => {
      // The caller's signal holds for the body, too.
      const signal = AbortSignal.any([lost.signal, ...(init.signal ? [init.signal] : [])]);
      const response = await way(url, { ...init, signal });
      lost.signal.throwIfAborted();
      known ??= way;
      other.abort();
      return response;
    };
    const [pastLost, fetchLost] = [new AbortController(), new AbortController()];
    const past = ask(pastFetch, pastLost, fetchLost);
    try {
      return await abortable(past, clock.timeout(patience));
    } catch {
      // Another navigation may have been answered meanwhile.
      if (init.signal?.aborted === true || isPast()) return await past;
    }
    const beside = ask(fetch, fetchLost, pastLost);
    return Promise.any([past, beside]).catch(() => beside);
  };
}
