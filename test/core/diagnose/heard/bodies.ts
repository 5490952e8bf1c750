/** Answers that are no OAuth error, or say more than one, as public threads and documentation have them. */
export interface Shape {
  readonly who: string;
  readonly status: number;
  readonly type?: string;
  readonly body: string;
}

const html = (title: string, text = ''): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${text}</body></html>`;

export const shapes: readonly Shape[] = [
  {
    who: 'HMRC',
    status: 401,
    body: '{"code":"INVALID_CREDENTIALS","message":"Invalid Authentication information provided"}',
  },
  {
    who: 'UPS',
    status: 401,
    body: '{"response":{"errors":[{"code":"250002","message":"Invalid Authentication Information."}]}}',
  },
  {
    ...{ who: 'USPS', status: 401 },
    body: '{"apiVersion":"/oauth2/v3","error":{"code":"401","message":"Missing or malformed access token.","errors":[{"title":"invalid_token","detail":"The access token presented with the request is missing or malformed (not a JWT).","source":"Access Token"}]}}',
  },
  {
    ...{ who: 'FedEx', status: 401 },
    body: '{"transactionId":"624deea6-b709-470c-8c39-4b5511281492","errors":[{"code":"NOT.AUTHORIZED.ERROR","message":"The given client credentials were not valid. Please modify your request and try again."}]}',
  },
  { who: 'Withings', status: 200, body: '{"status":503,"error":"Invalid Params: invalid code"}' },
  { who: 'Withings', status: 200, body: '{"status":601,"body":{},"error":"Too Many Requests"}' },
  { who: 'Apereo CAS', status: 401, body: '{"error":["expired_accessToken"]}' },
  { who: 'Apereo CAS', status: 400, type: 'text/plain', body: 'error=invalid_request' },
  { who: 'Apereo CAS', status: 400, type: 'text/plain', body: 'invalid_grant' },
  {
    who: 'FusionAuth',
    status: 400,
    body: '{"error":"invalid_request","error_description":"Invalid Authorization Code","error_reason":"auth_code_not_found"}',
  },
  {
    who: 'TikTok',
    status: 200,
    body: '{"error":"invalid_grant","error_description":"Authorization code is expired.","log_id":"2023"}',
  },
  {
    who: 'Spring (XML)',
    status: 401,
    type: 'application/xml',
    body: '<oauth><error_description>Bad client credentials</error_description><error>invalid_client</error></oauth>',
  },
  {
    who: 'RFC 9457',
    status: 400,
    type: 'application/problem+json',
    body: '{"type":"https://auth.example.com/problems/client-disabled"}',
  },
  {
    who: 'RFC 9457',
    status: 403,
    type: 'application/problem+json',
    body: '{"type":"about:blank","title":"Forbidden","status":403}',
  },
  {
    who: 'ASP.NET',
    status: 400,
    type: 'application/problem+json',
    body: '{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"ClientId":["The ClientId field is required."]},"traceId":"00-1"}',
  },
  {
    who: 'IBM API Connect',
    status: 401,
    body: '{"httpCode":"401","httpMessage":"Unauthorized","moreInformation":"Cannot pass the security checks that are required by the target API or operation, Enable debug headers for more details."}',
  },
  {
    who: 'Django',
    status: 403,
    type: 'text/html',
    body: html('403 Forbidden', '<p>CSRF verification failed. Request aborted.</p>'),
  },
  { who: 'nginx', status: 413, type: 'text/html', body: html('413 Request Entity Too Large') },
  { who: 'nginx', status: 502, type: 'text/html', body: html('502 Bad Gateway') },
  { who: 'IIS', status: 403, type: 'text/html', body: html('403 - Forbidden: Access is denied.') },
  { who: 'Tomcat', status: 404, type: 'text/html', body: html('HTTP Status 404 – Not Found') },
  { who: 'Express', status: 404, type: 'text/html', body: '<pre>Cannot POST /token</pre>' },
  {
    who: 'FastAPI',
    status: 422,
    body: '{"detail":[{"type":"missing","loc":["body","username"],"msg":"Field required","input":null}]}',
  },
  { who: 'FastAPI', status: 401, body: '{"detail":"Incorrect username or password"}' },
  { who: 'Laravel', status: 419, type: 'text/html', body: html('Page Expired') },
  { who: 'Rails', status: 422, body: '{"status":422,"error":"Unprocessable Entity"}' },
  { who: 'Trakt', status: 400, body: '' },
  { who: 'a server behind Kong', status: 401, body: '{"message":"Unauthorized"}' },
  {
    who: 'GraphQL',
    status: 200,
    body: '{"errors":[{"message":"Unauthorized","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}',
  },
  { who: 'Zuora', status: 401, body: '{"message":"Invalid client id (xyz)"}' },
  {
    who: 'Genesys',
    status: 400,
    body: '{"error":"invalid_client","description":"client not found","error_description":"client not found"}',
  },
  {
    who: 'Mercado Libre',
    status: 400,
    body: '{"message":"Error validating grant. Your authorization code or refresh token may be expired or it was already used","error":"invalid_grant","status":400,"cause":[]}',
  },
  {
    who: 'Yahoo',
    status: 401,
    body: '{"error":"INVALID_CREDENTIALS","error_description":"client_secret is invalid"}',
  },
  {
    who: 'Procore',
    status: 401,
    body: '{"error":"invalid_client","error_description":"Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method."}',
  },
  {
    who: 'Ping',
    status: 500,
    body: '{"error":"server_error","error_description":"Unexpected Runtime Authn Adapter Integration Problem."}',
  },
];
