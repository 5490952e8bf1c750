import { allowInsecureRequests, customFetch } from 'oauth4webapi';
import type { Fetch } from '../ports.ts';

type Get = (url: string, init: { headers: Record<string, string>; method: 'GET' }) => Promise<Response>;

/** Options of `oauth4webapi` for a GET through `fetch`. */
export function libraryGet(fetch: Fetch) {
  const get: Get = (url, { headers, method }) => fetch(url, { headers, method });
  return { ...loopbackToo, [customFetch]: get };
}

type Post = (
  url: string,
  init: { headers: Record<string, string>; method: 'POST'; body: URLSearchParams },
) => Promise<Response>;

/** Options of `oauth4webapi` for a form POST through `fetch`. */
export function libraryPost(fetch: Fetch) {
  const post: Post = (url, { headers, method, body }) => fetch(url, { headers, method, body: String(body) });
  return { ...loopbackToo, [customFetch]: post };
}

/** Lets the library use http: the recording fetch itself refuses it before sending, except to loopback. */
export const loopbackToo = {
  // oxlint-disable-next-line typescript/no-deprecated -- deprecated only to stand out
  [allowInsecureRequests]: true,
} as const;
