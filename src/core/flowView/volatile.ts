/** Parameters, members and claims that differ in every run, and so tell nothing about a change. */
const values = [
  ...['state', 'nonce', 'code', 'code_challenge', 'code_verifier', 'session_state', 'sid', 'auth_time'],
  ...['at_hash', 'c_hash', 's_hash', 'jti', 'iat', 'exp', 'nbf', 'uti', 'rat', 'expires_in', 'issued_at'],
  ...['access_token', 'id_token', 'refresh_token', 'trace_id', 'correlation_id', 'timestamp', 'signature'],
];

/** Such header fields: credentials, dates, and the ids that servers give their responses. */
const headers = [
  ...['authorization', 'cookie', 'set-cookie', 'dpop', 'date', 'etag', 'last-modified', 'age', 'expires'],
  ...['content-length', 'keep-alive', 'server-timing', 'report-to', 'nel', 'traceparent', 'via'],
  ...['x-request-id', 'x-correlation-id', 'x-trace-id', 'request-id', 'client-request-id', 'cf-ray'],
  ...['x-ms-request-id', 'x-ms-ests-server', 'x-ms-clitelem', 'x-ms-srs', 'x-okta-request-id'],
  ...['x-amzn-requestid', 'x-amz-cf-id', 'x-amz-cf-pop', 'x-amzn-trace-id', 'x-runtime'],
  ...['x-rate-limit-remaining', 'x-rate-limit-reset', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
];

const names: ReadonlySet<string> = new Set([...values, ...headers]);

/** Whether a value of this name differs in every run. */
export function isVolatile(name: string): boolean {
  return names.has(name.toLowerCase());
}

/** Replaces what differs in every run anywhere in a text: nonces of policies, Entra ID's ids of an error. */
export function withoutIds(text: string): string {
  return text
    .replace(/'nonce-[^']+'/g, "'nonce-(new in each run)'")
    .replace(/\b(Trace ID|Correlation ID): [\da-f-]{36}/gi, '$1: (new in each run)')
    .replace(/\bTimestamp: [\d-]{10}[ T][\d:.]+Z/gi, 'Timestamp: (new in each run)');
}
