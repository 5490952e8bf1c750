import { flowView, type FlowViewOptions } from '../../src/core/flowView/flowView.ts';
import type { Failure } from '../../src/core/record/failure.ts';
import type { FlowReport } from '../../src/core/record/report.ts';
import type { Exchange, HeaderList } from '../../src/core/record/exchange.ts';
import type { FlowEntry } from '../../src/core/session/flowLog.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';

const start = Date.UTC(2026, 10, 22, 12);
const issuer = 'https://login.example.com/realms/orders';
const redirectUri = 'http://127.0.0.1:51234/callback';
/** RFC 7636 appendix B. */
const pkce = {
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
} as const;
export const verifier = pkce.code_verifier;

const json: HeaderList = [
  ['content-type', 'application/json'],
  ['cache-control', 'no-store'],
];
const form: HeaderList = [['content-type', 'application/x-www-form-urlencoded']];

type Part = Pick<Exchange, 'purpose' | 'leg' | 'request'> & Partial<Exchange>;

/** Numbers the parts and puts them one after the other in time. */
function exchangesOf(parts: readonly Part[]): readonly Exchange[] {
  return parts.map((part, index) => {
    const startedAt = start + 12 + index * 340;
    return { id: index + 1, startedAt, endedAt: startedAt + 87, deviations: [], ...part };
  });
}

const get = (url: string, headers: HeaderList = []) => ({ method: 'GET', url, headers });
const ok = (value: unknown) => ({
  ...{ status: 200, statusText: 'OK', headers: json },
  body: JSON.stringify(value),
});

const discovery: Part = {
  ...{ purpose: 'discovery', leg: 'extension' },
  request: get(`${issuer}/.well-known/openid-configuration`, [['accept', 'application/json']]),
  response: ok({
    issuer,
    authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
    token_endpoint: `${issuer}/protocol/openid-connect/token`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
    code_challenge_methods_supported: ['S256'],
  }),
};
const query = new URLSearchParams({
  ...{ response_type: 'code', client_id: 'orders-desktop', redirect_uri: redirectUri },
  ...{ scope: 'openid profile orders.read', state: 'af0ifjsldkj-9f2c', nonce: 'n-0S6_WzA2Mj' },
  ...{ code_challenge: pkce.code_challenge, code_challenge_method: 'S256' },
});
const authorization: Part = {
  ...{ purpose: 'authorization', leg: 'browser' },
  request: get(`${issuer}/protocol/openid-connect/auth?${query}`),
};
const favicon: Part = {
  ...{ purpose: 'redirect', leg: 'loopback' },
  request: get('http://127.0.0.1:51234/favicon.ico', [['user-agent', 'Mozilla/5.0']]),
  response: { status: 404, statusText: 'Not Found', headers: [], body: '' },
  ignored: { expected: 'the path /callback', received: '/favicon.ico' },
};
const wrongState: Part = {
  ...{ purpose: 'redirect', leg: 'loopback' },
  request: get(`${redirectUri}?code=stolen-code-of-somebody&state=another-state`),
  response: { status: 400, statusText: 'Bad Request', headers: [], body: '' },
  ignored: { expected: 'the state of this sign-in', received: 'another state' },
};
const redirect: Part = {
  ...{ purpose: 'redirect', leg: 'loopback' },
  request: get(
    `${redirectUri}?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj-9f2c&iss=${encodeURIComponent(issuer)}`,
  ),
  // The browser is led on when the outcome is known.
  endedAt: start + 2_150,
  response: { status: 303, statusText: '', headers: [['location', '/shown']], body: '' },
};
const token: Part = {
  ...{ purpose: 'token', leg: 'extension' },
  request: {
    ...{ method: 'POST', url: `${issuer}/protocol/openid-connect/token`, headers: form },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code: 'SplxlOBeZQQYbYS6WxSbIA', redirect_uri: redirectUri },
      ...{ client_id: 'orders-desktop', code_verifier: pkce.code_verifier },
    }).toString(),
  },
  response: ok({
    ...{ access_token: 'the-access-token-of-the-user', token_type: 'Bearer', expires_in: 3600 },
    ...{ scope: 'openid profile orders.read', refresh_token: 'the-refresh-token-of-the-user' },
  }),
  deviations: [
    {
      code: 'cache_control_missing',
      message: 'The response lacks Cache-Control: no-store.',
      source: 'RFC 6749 section 5.1',
    },
  ],
};
const jwks: Part = {
  ...{ purpose: 'jwks', leg: 'extension' },
  request: get(`${issuer}/protocol/openid-connect/certs`),
  response: ok({ keys: [{ kty: 'RSA', kid: 'k-2026-10', alg: 'RS256', use: 'sig' }] }),
};

const tokens: FlowReport['outcome'] = {
  kind: 'token',
  tokens: {
    ...{ access_token: 'the-access-token-of-the-user', token_type: 'Bearer', received_at: start },
    ...{ requested_scopes: ['openid', 'orders.read'], extra: {} },
  },
};
const profile = userProfile({ name: 'Orders API (user)', issuer });

function ended(over: Partial<FlowReport>): FlowEntry {
  const flow: FlowReport = {
    ...{ id: 'f', kind: 'authorization_code', profile, startedAt: start, endedAt: start + 5_412 },
    ...{ exchanges: [], outcome: tokens, ...over },
    ...(over.kind !== 'client_credentials' && over.exchanges?.length !== 0 && { pkce }),
  };
  return { state: 'ended', flow };
}

const refused: Failure = {
  ...{ kind: 'oauth_error', step: 'token', status: 401, exchange: 1, advice: 'Check the secret.' },
  body: { error: 'invalid_client', error_description: 'Client authentication failed' },
  message: 'login.example.com refused the token request with invalid_client (Client authentication failed).',
};

/** Runs as the flow view shows them, with everything there is to see. */
export const flowEntries = {
  success: ended({
    exchanges: exchangesOf([discovery, authorization, favicon, wrongState, redirect, token, jwks]),
  }),
  failure: ended({
    ...{ kind: 'client_credentials', profile: machineProfile({ name: 'Orders API (machine)', issuer }) },
    endedAt: start + 148,
    exchanges: exchangesOf([
      {
        ...{ purpose: 'token', leg: 'extension' },
        request: {
          ...{ method: 'POST', url: `${issuer}/protocol/openid-connect/token` },
          headers: [...form, ['authorization', `Basic ${btoa('machine-client:s3cret-of-the-client')}`]],
          body: 'grant_type=client_credentials&scope=orders.read',
        },
        response: {
          ...{ status: 401, statusText: 'Unauthorized' },
          headers: [...json, ['www-authenticate', 'Basic realm="orders"']],
          body: JSON.stringify(refused.body),
        },
      },
    ]),
    outcome: { kind: 'failure', failure: refused },
  }),
  long: ended({
    profile: { ...profile, name: `A profile with a name that does not end ${'and goes on '.repeat(12)}` },
    exchanges: exchangesOf([
      {
        ...authorization,
        request: get(
          `https://${'a-very-long-host-name.'.repeat(6)}example.com/${'deep/'.repeat(30)}auth?${query}&claims=${'%7B%22x%22%3A1%7D'.repeat(200)}`,
        ),
      },
      {
        ...{ purpose: 'api', leg: 'extension' },
        request: get(`https://api.example.com/${'unbroken'.repeat(60)}`, [['x-long', 'v'.repeat(3000)]]),
        response: {
          ...{ status: 502, statusText: 'Bad Gateway', headers: [['content-type', 'text/html']] },
          body: `<!doctype html><script>document.title = 1</script>${'<p>unbroken</p>'.repeat(400)}`,
        },
      },
      {
        ...{
          purpose: 'token',
          leg: 'extension',
          error: { code: 'ECONNRESET', message: 'The connection was reset.' },
        },
        request: { method: 'POST', url: `${issuer}/token`, headers: form, body: 'grant_type=refresh_token' },
      },
    ]),
    outcome: {
      kind: 'failure',
      failure: {
        ...{ kind: 'cancelled', step: 'token', advice: '' },
        message: `The sign-in was cancelled ${'after a while '.repeat(20)}.`,
      },
    },
  }),
  many: ended({
    exchanges: exchangesOf(
      Array.from({ length: 200 }, (_, at) => [discovery, token, jwks, favicon][at % 4] ?? token),
    ),
  }),
  nothing: ended({
    exchanges: [],
    outcome: {
      kind: 'failure',
      failure: { kind: 'cancelled', step: 'browser', message: 'The sign-in was cancelled.', advice: '' },
    },
  }),
} as const satisfies Record<string, FlowEntry>;

/** A sign-in that waits for the browser since `seconds` seconds, with five minutes in all. */
export function waitingEntry(seconds: number): FlowEntry {
  const parts = exchangesOf([discovery, authorization, favicon]);
  const sent = parts.find(({ purpose }) => purpose === 'authorization')?.startedAt ?? start;
  const later = Date.now() - seconds * 1000 - sent;
  const startedAt = start + later;
  const exchanges = parts.map((exchange) => ({
    ...exchange,
    startedAt: exchange.startedAt + later,
    endedAt: exchange.startedAt + later + 87,
  }));
  return {
    state: 'running',
    flow: {
      ...{ id: 'w', kind: 'authorization_code', profile, startedAt, exchanges, pkce },
      waiting: {
        ...{
          kind: 'redirect' as const,
          authorizationUrl: authorization.request.url,
          redirectUri,
          deadline: startedAt + 300_000,
        },
        submitRedirect: () => Promise.resolve({ accepted: true }),
        openAgain: () => Promise.resolve(),
      },
    },
  };
}

/** A run that waits for a code to be typed, with a page that a telephone opens. */
export function deviceEntry(verificationUriComplete: string): FlowEntry {
  const entry = waitingEntry(42);
  if (entry.state !== 'running') return entry;
  const { deadline = 0 } = entry.flow.waiting ?? {};
  const waiting = {
    ...{
      kind: 'user_code' as const,
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://as.example.com/device',
    },
    ...{ verificationUriComplete, deadline, openAgain: () => Promise.resolve() },
  };
  return { state: 'running', flow: { ...entry.flow, kind: 'device_code', waiting } };
}

/** The model of a run, and the next one for every intent, as the panel in the extension host makes them. */
export class FlowHost {
  readonly #entry: FlowEntry;
  #options: FlowViewOptions = {};

  constructor(entry: FlowEntry) {
    this.#entry = entry;
  }

  get model() {
    return flowView(this.#entry, this.#options);
  }

  /** Whether something else is to be shown now. */
  handle(intent: unknown): boolean {
    const wanted = intent as { type: string; step?: number; shown?: boolean };
    if (wanted.type === 'select' && wanted.step !== undefined)
      this.#options = { ...this.#options, selected: wanted.step };
    else if (wanted.type === 'showVerifier')
      this.#options = { ...this.#options, showVerifier: wanted.shown === true };
    else return false;
    return true;
  }
}
