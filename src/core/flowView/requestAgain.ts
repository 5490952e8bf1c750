import type { ApiRequest } from '../api/callApi.ts';
import type { LiveFlow } from '../flow/liveFlow.ts';
import type { FlowReport } from '../record/report.ts';
import { tokenHeaderOf } from '../profile/tokenHeader.ts';

/** The request of an API call, to send it again with whatever token is good then; nothing when none was sent, or not all of it was kept. */
export function requestAgain({ kind, exchanges, profile }: FlowReport | LiveFlow): ApiRequest | undefined {
  const sent = exchanges.findLast(({ purpose }) => purpose === 'api')?.request;
  if (kind !== 'api_call' || sent === undefined || sent.omitted !== undefined || sent.binary)
    return undefined;
  const { method, url, headers, body } = sent;
  const carrier = tokenHeaderOf(profile).name.toLowerCase();
  return {
    ...{ method, url, headers: headers.filter(([name]) => name.toLowerCase() !== carrier) },
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  };
}
