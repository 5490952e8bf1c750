import type { ApiRequest } from '../api/callApi.ts';
import type { FlowReport } from '../record/report.ts';
import { tokenHeaderOf } from '../profile/tokenHeader.ts';

/** The request of an API call, to send it again with whatever token is good then; nothing when none was sent, or not all of it was kept. */
export function requestAgain(flow: FlowReport): ApiRequest | undefined {
  const sent = flow.exchanges.findLast(({ purpose }) => purpose === 'api')?.request;
  if (flow.kind !== 'api_call' || flow.restored || sent === undefined) return undefined;
  if (sent.omitted !== undefined || sent.binary) return undefined;
  const { method, url, headers, body, secrets } = sent;
  // What comes with a token is made anew.
  const anew = new Set(['authorization', 'dpop', tokenHeaderOf(flow.profile).name.toLowerCase()]);
  return {
    ...{ method, url, headers: headers.filter(([name]) => !anew.has(name.toLowerCase())) },
    ...(secrets && { secrets }),
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  };
}
