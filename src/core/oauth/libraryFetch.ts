import { allowInsecureRequests, customFetch } from 'oauth4webapi';
import type { Fetch } from '../ports.ts';

type Get = (url: string, init: { headers: Record<string, string>; method: 'GET' }) => Promise<Response>;

/** `oauth4webapi` options for a GET through `fetch`. */
export function libraryGet(fetch: Fetch) {
  const get: Get = (url, { headers, method }) => fetch(url, { headers, method });
  return { ...loopbackToo, [customFetch]: get };
}

type Post = (
  url: string,
  init: { headers: Record<string, string>; method: 'POST'; body: URLSearchParams },
) => Promise<Response>;

/** `oauth4webapi` options for a form that is posted through `fetch`. */
export function libraryPost(fetch: Fetch) {
  const post: Post = (url, { headers, method, body }) => fetch(url, { headers, method, body: String(body) });
  return { ...loopbackToo, [customFetch]: post };
}

/** Plain http is refused before sending, but for loopback, by the recording fetch: more exactly than by the library. */
export const loopbackToo = {
  // oxlint-disable-next-line typescript/no-deprecated -- deprecated only to stand out
  [allowInsecureRequests]: true,
} as const;
