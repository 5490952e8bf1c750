import { follow } from '../abortable.ts';
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

/** Milliseconds for the first answer: where only a proxy leads out, nothing answers. */
const patience = 5000;

/**
 * A `fetch` that sends what it is given as a browser's navigation, past `fetch`. Where that reaches nobody (a proxy or a
 * certificate that only `fetch` knows), `fetch` is used from then on.
 */
export function navigation(fetch: Fetch, clock: Pick<Clock, 'timeout'>): Fetch {
  let direct: boolean | undefined;
  return async (url, init = {}) => {
    if (direct === false) return fetch(url, init);
    // The time for the first answer ends with its head; the caller's signal holds for the body, too.
    const early = follow(direct === undefined ? [clock.timeout(patience)] : []);
    const signal = AbortSignal.any([early.signal, ...(init.signal ? [init.signal] : [])]);
    try {
      const response = await nodeRequest(url, { ...init, signal }, {});
      direct = true;
      return response;
    } catch (thrown) {
      if (init.signal?.aborted === true || direct === true) throw thrown;
      direct = false;
      return await fetch(url, init);
    } finally {
      early.letGo();
    }
  };
}
