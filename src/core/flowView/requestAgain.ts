import type { ApiRequest } from '../api/callApi.ts';
import type { FlowReport } from '../record/report.ts';
import { tokenHeaderOf } from '../profile/tokenHeader.ts';

/**
 * The request of an API call, to send again with the token of that time; undefined when none was sent, or it was not kept in
 * full.
 */
export function requestAgain(flow: FlowReport): ApiRequest | undefined {
  const sent = flow.exchanges.findLast(({ purpose }) => purpose === 'api')?.request;
  if (flow.kind !== 'api_call' || flow.restored || sent === undefined) return undefined;
  if (sent.omitted !== undefined || sent.binary) return undefined;
  const { method, url, headers, body, secrets } = sent;
  // Headers that are made anew with each token.
  const anew = new Set(['authorization', 'dpop', tokenHeaderOf(flow.profile).name.toLowerCase()]);
  return {
    ...{ method, url, headers: headers.filter(([name]) => !anew.has(name.toLowerCase())) },
    ...(secrets && { secrets }),
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  };
}
