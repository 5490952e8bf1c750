import type { FlowReport } from '../../../src/core/record/report.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { userProfile } from '../../support/profiles.ts';

export const start = Date.UTC(2026, 10, 22, 12);
/** RFC 7636 appendix B. */
export const pkce = {
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
} as const;
export const secrets = [
  's3cret-of-the-client',
  'SplxlOBeZQQYbYS6WxSbIA',
  pkce.code_verifier,
  'the-access-token-of-the-user',
];
export const form: readonly (readonly [string, string])[] = [
  ['Content-Type', 'application/x-www-form-urlencoded'],
];
export const json: readonly (readonly [string, string])[] = [['Content-Type', 'application/json']];

/** An exchange that took 5 ms. */
export function exchange(
  over: Partial<Exchange> & Pick<Exchange, 'id' | 'purpose' | 'leg' | 'request'>,
): Exchange {
  return { startedAt: start + over.id * 10, endedAt: start + over.id * 10 + 5, deviations: [], ...over };
}

export const exchanges: readonly Exchange[] = [
  exchange({
    id: 1,
    purpose: 'authorization',
    leg: 'browser',
    request: {
      method: 'GET',
      url: `https://as.example.com/authorize?response_type=code&client_id=native-client&code_challenge=${pkce.code_challenge}&code_challenge_method=S256&state=af0ifjsldkj`,
      headers: [],
    },
  }),
  exchange({
    id: 2,
    purpose: 'redirect',
    leg: 'loopback',
    request: { method: 'GET', url: 'http://127.0.0.1:51234/favicon.ico', headers: [] },
    response: { status: 404, statusText: 'Not Found', headers: [], body: '' },
    ignored: { expected: 'the path /callback', received: '/favicon.ico' },
  }),
  exchange({
    id: 3,
    purpose: 'redirect',
    leg: 'loopback',
    request: {
      method: 'GET',
      url: 'http://127.0.0.1:51234/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj',
      headers: [],
    },
    response: { status: 200, statusText: 'OK', headers: [], body: '' },
  }),
  exchange({
    id: 4,
    purpose: 'token',
    leg: 'extension',
    request: {
      method: 'POST',
      url: 'https://as.example.com/token',
      headers: form,
      body: `grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&code_verifier=${pkce.code_verifier}&client_id=native-client&client_secret=s3cret-of-the-client`,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: json,
      body: '{"access_token":"the-access-token-of-the-user","token_type":"Bearer","expires_in":3600,"scope":"openid"}',
    },
    deviations: [{ code: 'x', message: 'Something was odd.', source: 'RFC 6749 section 5.1' }],
  }),
];

/** A run of a public profile with PKCE that got a token. */
export function report(over: Partial<FlowReport> = {}): FlowReport {
  return {
    id: 'f',
    kind: 'authorization_code',
    profile: userProfile(),
    startedAt: start,
    endedAt: start + 1200,
    exchanges,
    pkce,
    outcome: {
      kind: 'token',
      tokens: {
        access_token: 'the-access-token-of-the-user',
        token_type: 'Bearer',
        received_at: start,
        requested_scopes: ['openid', 'orders.read'],
        extra: {},
      },
    },
    ...over,
  };
}
