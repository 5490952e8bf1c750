import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { catalogue, cause, causeIds, explained } from './play.ts';
import { answered, rightlyExplained } from './realAnswer.ts';
import { authorizationCode } from './support.ts';

type Row = readonly [
  who: string,
  status: number,
  body: object | string,
  atToken: string,
  atApi: string,
  headers?: Readonly<Record<string, string>>,
];
const fault = (faultstring: string, errorcode: string) => ({ fault: { faultstring, detail: { errorcode } } });
const inHtml = { 'content-type': 'text/html' };
const nginx = (title: string, more = '') =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n${more}<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** What gateways write before a token endpoint or an API, as their documentation and sources have it; most say nothing of OAuth. */
const rows: readonly Row[] = [
  ...([
    ['AWS, and no more', 403, { message: 'Forbidden' }, 'gateway-refused', 'insufficient-scope'],
    [
      'AWS by name',
      403,
      { message: 'Forbidden' },
      'gateway-refused',
      'gateway-refused',
      { 'x-amzn-errortype': 'ForbiddenException' },
    ],
    ['AWS', 403, { message: 'Missing Authentication Token' }, 'post-not-taken', 'not-this-path'],
    [
      'AWS, signed requests',
      403,
      {
        message:
          "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter.",
      },
      'post-not-taken',
      'not-this-path',
    ],
    [
      'AWS, an authorizer',
      403,
      { Message: 'User is not authorized to access this resource with an explicit deny' },
      'policy-refused',
      'policy-refused',
    ],
    [
      'AWS, a policy',
      403,
      {
        Message:
          'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********1234:a/prod/POST/token',
      },
      'policy-refused',
      'policy-refused',
    ],
    [
      'Azure API Management',
      401,
      {
        statusCode: 401,
        message:
          'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
      },
      'key-of-gateway-wanted',
      'key-of-api-wanted',
    ],
    [
      'Azure API Management',
      401,
      { statusCode: 401, message: 'Unauthorized. Access token is missing or invalid.' },
      'api-in-its-place',
      'token-expired',
    ],
    [
      'Azure API Management',
      401,
      { statusCode: 401, message: 'JWT not present.' },
      'api-in-its-place',
      'token-not-found',
    ],
    [
      'Azure API Management',
      403,
      { statusCode: 403, message: 'Forbidden' },
      'gateway-refused',
      'insufficient-scope',
    ],
    [
      'Azure API Management',
      403,
      { statusCode: 403, message: 'Forbidden', reason: 'CallerIpNotAllowed' },
      'network-refused',
      'network-refused',
    ],
    [
      'Azure App Service',
      401,
      'You do not have permission to view this directory or page.',
      'answers-as-an-api',
      'token-expired',
    ],
    ['Kong', 403, { message: 'You cannot consume this service' }, 'policy-refused', 'policy-refused'],
    ['Kong', 403, { message: 'IP address not allowed: 10.1.2.3' }, 'network-refused', 'network-refused'],
    [
      'Kong',
      401,
      { message: "No credentials found for given 'iss'" },
      'api-in-its-place',
      'issuer-not-trusted',
    ],
    ['Kong', 401, { message: 'Invalid signature' }, 'api-in-its-place', 'signature-not-verified'],
    ['Kong', 401, { exp: 'token expired' }, 'api-in-its-place', 'token-expired'],
    ['Kong', 426, { message: 'Please use HTTPS protocol' }, 'https-wanted', ''],
    [
      'Apigee',
      401,
      fault(
        'Failed to resolve API Key variable request.header.apikey',
        'steps.oauth.v2.FailedToResolveAPIKey',
      ),
      'key-of-gateway-wanted',
      'key-of-api-wanted',
    ],
    [
      'Apigee',
      401,
      fault('Invalid Access Token', 'keymanagement.service.invalid_access_token'),
      'api-in-its-place',
      'token-expired',
    ],
    [
      'Apigee',
      401,
      fault(
        'Invalid API call as no apiproduct match found',
        'keymanagement.service.InvalidAPICallAsNoApiProductMatchFound',
      ),
      'answers-as-an-api',
      'policy-refused',
    ],
    [
      'Apigee',
      404,
      fault(
        'Unable to identify proxy for host: default and url: /x',
        'messaging.adaptors.http.flow.ApplicationNotFound',
      ),
      'wrong-address',
      'api-request-refused',
    ],
    [
      'Apigee',
      429,
      fault(
        'Rate limit quota violation. Quota limit  exceeded. Identifier : _default',
        'policies.ratelimit.QuotaViolation',
      ),
      'asked-too-often',
      'asked-too-often',
    ],
    [
      'Apigee',
      403,
      fault('Access Denied for client ip : 10.1.2.3', 'accesscontrol.IPDeniedAccess'),
      'network-refused',
      'network-refused',
    ],
    ['Istio', 403, 'RBAC: access denied', 'policy-refused', 'policy-refused', { server: 'istio-envoy' }],
    ['Envoy', 401, 'Jwt is missing', 'api-in-its-place', 'token-not-found'],
    ['Envoy', 401, 'Jwt issuer is not configured', 'api-in-its-place', 'issuer-not-trusted'],
    ['Envoy', 403, 'Audiences in Jwt are not allowed', 'api-in-its-place', 'wrong-audience'],
    [
      'Envoy',
      401,
      "Jwks doesn't have key to match kid or alg from Jwt",
      'api-in-its-place',
      'signature-not-verified',
    ],
    ['Cloudflare', 403, 'error code: 1020', 'firewall', 'firewall', { 'content-type': 'text/plain' }],
    ['Traefik', 403, 'Forbidden', 'gateway-refused', 'insufficient-scope'],
    [
      'Spring',
      403,
      { timestamp: '2026-01-01T00:00:00.000+00:00', status: 403, error: 'Forbidden', path: '/oauth/token' },
      'gateway-refused',
      'insufficient-scope',
    ],
    [
      'Vercel',
      403,
      { error: { code: '403', message: 'Forbidden' } },
      'gateway-refused',
      'insufficient-scope',
    ],
    ['Tyk', 403, { error: 'Access to this API has been disallowed' }, 'policy-refused', 'policy-refused'],
    ['Tyk', 400, { error: 'Authorization field missing' }, 'answers-as-an-api', ''],
    ['APISIX', 401, { message: 'Missing JWT token in request' }, 'api-in-its-place', 'token-not-found'],
    [
      'Google’s API Gateway',
      401,
      {
        message:
          "UNAUTHENTICATED:Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
        code: 401,
      },
      'key-of-gateway-wanted',
      'key-of-api-wanted',
    ],
    [
      'Google’s Identity-Aware Proxy',
      401,
      'Invalid IAP credentials: empty token',
      'answers-as-an-api',
      'token-expired',
    ],
    [
      'IBM API Connect',
      401,
      { httpCode: '401', httpMessage: 'Unauthorized', moreInformation: 'Client id not registered.' },
      'client-not-known',
      'key-of-api-wanted',
    ],
    [
      'nginx',
      400,
      nginx('400 Request Header Or Cookie Too Large'),
      'request-too-large',
      'request-too-large',
      inHtml,
    ],
    ['nginx', 413, nginx('413 Request Entity Too Large'), 'request-too-large', 'request-too-large', inHtml],
    ['nginx', 403, nginx('403 Forbidden'), 'wrong-address', 'firewall', inHtml],
  ] satisfies readonly Row[]),
];

describe('what gateways answer in the place of a token endpoint', () => {
  for (const [who, status, body, expected, , headers = {}] of rows)
    it(`${who}, ${status}, ${JSON.stringify(body).slice(0, 60)}: ${expected}`, async () => {
      rightlyExplained(await answered('token', status, body, { headers }), expected);
    });

  it('a token that is refused where one was sent is no API in the place of the token endpoint', async () => {
    const report = await answered('refresh', 401, { message: 'Token expired' });
    assert.ok(!causeIds(explained(report)).includes('api-in-its-place'));
  });

  it('403 and nothing at all comes behind wrong credentials, which some servers refuse so, and says by whom it came', async () => {
    const headers = { server: 'istio-envoy', via: '1.1 varnish' };
    const found = explained(await answered('token', 403, '', { headers }));
    assert.deepEqual(causeIds(found), ['client-unknown-or-secret-wrong', 'gateway-refused']);
    const { evidence } = cause(found, 'gateway-refused');
    assert.match(evidence.join('\n'), /server: istio-envoy\n.*via: 1\.1 varnish/);
  });

  // Made up after Alibaba's and Zoom's frames.
  it('a code of the server’s own beside 403 is a reason, and its status as a number is none', async () => {
    for (const [code, isAlone] of [
      ['USER_NOT_ALLOWED', false],
      ['403', true],
      ['Forbidden', true],
      [403, true],
    ] as const) {
      const found = explained(await answered('token', 403, { status: 'FAILED', code, requestId: '1f' }));
      assert.equal(causeIds(found).includes('gateway-refused'), isAlone, String(code));
      assert.doesNotMatch(JSON.stringify(found), /no more than its status/);
    }
  });

  it('of AWS it is said when its gateway answers so', async () => {
    const headers = { 'x-amzn-errortype': 'ForbiddenException' };
    const found = explained(await answered('token', 403, { message: 'Forbidden' }, { headers }));
    assert.match(cause(found, 'gateway-refused').steps.join(' '), /x-api-key/);
  });
});

describe('what gateways answer in the place of an API', () => {
  for (const [who, status, body, , expected, headers = {}] of rows.filter(([, , , , id]) => id !== ''))
    it(`${who}, ${status}, ${JSON.stringify(body).slice(0, 60)}: ${expected}`, () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const answer = explainAnswer(
        `HTTP/1.1 ${status} Refused\r\n${fields.join('')}\r\n${text}`,
        { now: 0, from: 'api' },
        authorizationCode(),
        catalogue,
      );
      assert.equal(answer.kind, 'explained');
      assert.equal(causeIds(answer.explanation)[0], expected, causeIds(answer.explanation).join());
    });
});

describe('the address that was asked', () => {
  it('is told with its query, and without the secrets in it', async () => {
    const found = explained(
      await answered('token', 404, '', { path: '/token?tenant=north&client_secret=s3cr3t-in-the-query' }),
    );
    const told = cause(found, 'wrong-address').evidence.join(' ');
    assert.match(told, /The request went to http:\/\/127\.0\.0\.1:\d+\/token\?tenant=north&client_secret=/);
    assert.doesNotMatch(told, /s3cr3t-in/);
  });
});
