import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { catalogue } from './play.ts';

const oauth = (status: number, error: string, error_description: string) =>
  http(status, JSON.stringify({ error, error_description }));
const http = (status: number, body: string, type = 'application/json') =>
  `HTTP/1.1 ${status} Refused\r\nContent-Type: ${type}\r\n\r\n${body}`;
const back = (error: string, words: string) =>
  `http://127.0.0.1:4711/callback?${new URLSearchParams({ error, error_description: words, state: 'x' }).toString()}`;

/** What servers answer, pasted with nothing beside it, and what it shows all the same. */
const rows: readonly (readonly [maker: string, answer: string, ...causes: readonly string[]])[] = [
  [
    'TD Bank: grant',
    oauth(400, 'invalid_grant', 'Missing or incorrect grant_type field. Must be authorization_code'),
    'grant-not-allowed',
  ],
  [
    'TD Bank: redirect',
    oauth(400, 'invalid_request', 'redirect_uri did not match URI from initial request'),
    'redirect-uri-refused',
  ],
  [
    'TD Bank: refresh',
    oauth(400, 'invalid_request', 'Refresh token is invalid or has already been claimed by another client.'),
    'refresh-token-not-taken',
  ],
  ['PossibleNow: policy', oauth(400, 'access_denied', 'Admin policy denied access.'), 'policy-refused'],
  ['UAA: assertion', oauth(401, 'invalid_client', 'Untrusted client_assertion'), 'assertion-refused'],
  [
    'Keycloak: key',
    oauth(400, 'unauthorized_client', 'Client signature validation failed'),
    'assertion-refused',
  ],
  [
    'Kakao: secret',
    http(
      401,
      '{"error":"invalid_client","error_description":"Bad client credentials","error_code":"KOE010"}',
    ),
    'secret-refused',
  ],
  [
    'Discord: redirect',
    oauth(400, 'invalid_grant', 'Invalid "redirect_uri" in request.'),
    'redirect-uri-refused',
  ],
  [
    'HubSpot: redirect',
    http(
      400,
      '{"status":"BAD_REDIRECT_URI","message":"redirect_uri does not match initial auth code redirect_uri"}',
    ),
    'redirect-uri-refused',
  ],
  [
    'UPS: client, whose “code” is a number',
    http(401, '{"response":{"errors":[{"code":"10401","message":"ClientId is Invalid"}]}}'),
    'client-not-known',
  ],
  [
    'Apigee: secret, whose “ErrorCode” is no code',
    http(401, '{"ErrorCode":"invalid_client","Error":"Client credentials are invalid"}'),
    'secret-refused',
  ],
  [
    'Strava: client',
    http(
      400,
      '{"message":"Bad Request","errors":[{"resource":"Application","field":"client_id","code":"invalid"}]}',
    ),
    'client-not-known',
  ],
  [
    'Salesforce: consent',
    oauth(400, 'invalid_grant', "user hasn't approved this consumer"),
    'consent-wanted',
  ],
  [
    'IBM Cloud: its API key is no API',
    http(400, '{"errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found."}'),
  ],
  ['Cloudflare', http(403, 'error code: 1020', 'text/plain'), 'firewall'],
  [
    'a list of what may be wrong',
    oauth(
      400,
      'invalid_grant',
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    ),
  ],
  [
    'Keycloak: cookie',
    back('server_error', 'Cookie not found. Please make sure cookies are enabled in your browser.'),
    'cookies-lost',
  ],
  ['ASP.NET Core: cookie', back('server_error', 'Correlation failed.'), 'cookies-lost'],
  ['a redirect without PKCE', back('invalid_request', 'Missing parameter: code_challenge'), 'pkce-wanted'],
];

describe('an answer that is pasted without a profile', () => {
  for (const [maker, answer, ...causes] of rows)
    it(`${maker}: ${causes.join() || 'nothing is made up'}`, () => {
      const explained = explainAnswer(answer, { now: 0 }, undefined, catalogue);
      assert.ok(explained.kind === 'explained');
      const found = explained.explanation.causes;
      assert.deepEqual(
        found.map(({ id }) => id),
        causes,
      );
      for (const { evidence, steps, fixes } of found) {
        assert.ok(steps.length > 0);
        assert.deepEqual(fixes, []);
        // Of a request that nobody has shown, nothing is said.
        assert.doesNotMatch(evidence.join(' '), /\bsent\b|profile sends|request did/i);
      }
    });
});
