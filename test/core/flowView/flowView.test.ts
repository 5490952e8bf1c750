import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport } from '../../../src/core/flow/report.ts';
import { curl } from '../../../src/core/flowView/export/curl.ts';
import { har } from '../../../src/core/flowView/export/har.ts';
import { flowMarkdown, mermaid } from '../../../src/core/flowView/export/markdown.ts';
import { flowText } from '../../../src/core/flowView/flowText.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { parameterMeaning } from '../../../src/core/flowView/parameters.ts';
import { pkceView } from '../../../src/core/flowView/pkceView.ts';
import { redactFlow } from '../../../src/core/flowView/redactFlow.ts';
import type { Exchange } from '../../../src/core/http/exchange.ts';
import { userProfile } from '../../support/profiles.ts';

const start = Date.UTC(2026, 10, 22, 12);
/** RFC 7636 appendix B. */
const pkce = {
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
} as const;
const secrets = [
  's3cret-of-the-client',
  'SplxlOBeZQQYbYS6WxSbIA',
  pkce.code_verifier,
  'the-access-token-of-the-user',
];
const form: readonly (readonly [string, string])[] = [['Content-Type', 'application/x-www-form-urlencoded']];
const json: readonly (readonly [string, string])[] = [['Content-Type', 'application/json']];

function exchange(over: Partial<Exchange> & Pick<Exchange, 'id' | 'purpose' | 'leg' | 'request'>): Exchange {
  return { startedAt: start + over.id * 10, endedAt: start + over.id * 10 + 5, deviations: [], ...over };
}

const exchanges: readonly Exchange[] = [
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

function report(over: Partial<FlowReport> = {}): FlowReport {
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

const view = (over: Partial<FlowReport> = {}, options = {}) =>
  flowView({ state: 'ended', flow: report(over) }, options);

describe('the flow view', () => {
  it('puts everyone who takes part from left to right, and only those', () => {
    assert.deepEqual(
      view().lanes.map(({ id }) => id),
      ['editor', 'browser', 'loopback', 'authorization_server', 'token_endpoint'],
    );
  });

  it('tells the run as steps with titles, routes and timings', () => {
    const [authorization, favicon, redirect, token] = view().steps;
    assert.deepEqual([authorization?.from, authorization?.to], ['browser', 'authorization_server']);
    assert.equal(favicon?.outcome, 'ignored');
    assert.deepEqual(favicon.notes, ['Expected the path /callback.', 'Received /favicon.ico.']);
    assert.equal(redirect?.title, 'Come back with the code');
    assert.equal(token?.title, 'Exchange the code for tokens');
    assert.deepEqual([token.offset, token.duration], [40, 5]);
    assert.deepEqual(token.notes, ['Something was odd. (RFC 6749 section 5.1)']);
  });

  it('explains each parameter with its source', () => {
    const group = view().steps[0]?.request.groups.find(({ title }) => title === 'Query');
    const challenge = group?.parameters.find(({ name }) => name === 'code_challenge');
    assert.equal(challenge?.source, 'RFC 7636 section 4.2');
    assert.equal(parameterMeaning('constructor'), undefined);
  });

  it('shows no secret, in the view, its story, its exports or its text', () => {
    const redacted = redactFlow(report());
    const shown = [
      JSON.stringify(view()),
      flowMarkdown(view()),
      JSON.stringify(har(redacted, '1.0.0')),
      redacted.map((one) => curl(one, 'variables')).join('\n'),
      flowText(report()),
    ];
    for (const text of shown)
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in ${text}`);
  });

  it('begins at the step that failed, else at the last', () => {
    assert.equal(view().selected, 4);
    const failure = {
      kind: 'timeout',
      seconds: 1,
      step: 'token',
      message: 'No.',
      advice: '',
      exchange: 2,
    } as const;
    assert.equal(view({ outcome: { kind: 'failure', failure } }).selected, 2);
    assert.equal(view({}, { selected: 1 }).selected, 1);
  });

  it('says a run that ended before anything was sent', () => {
    const failure = { kind: 'cancelled', step: 'browser', message: 'Cancelled.', advice: '' } as const;
    const empty = view({ exchanges: [], outcome: { kind: 'failure', failure } });
    assert.deepEqual([empty.steps.length, empty.outcome, empty.summary], [0, 'cancelled', 'Cancelled.']);
  });

  it('has the diagram as sentences', () => {
    assert.equal(
      view().story[3],
      'Exchange the code for tokens: OAuth Explorer to Token endpoint, POST /token, 200 OK after 5 ms.',
    );
  });
});

describe('PKCE in the flow view', () => {
  it('computes the challenge of RFC 7636 appendix B again', () => {
    const shown = pkceView(pkce, true, false);
    assert.equal(shown.computed, pkce.code_challenge);
    assert.equal(shown.digest, '13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3');
    assert.equal(shown.length, 43);
  });

  it('masks the verifier until it is asked for and the code is spent', () => {
    assert.equal(pkceView(pkce, true, true).verifier, pkce.code_verifier);
    for (const [spent, show] of [
      [true, false],
      [false, true],
      [false, false],
    ] as const)
      assert.equal(pkceView(pkce, spent, show).verifier, '…FOEjXk');
  });
});

describe('exports of a flow', () => {
  it('writes curl with variables where secrets were, and as sent when asked to', () => {
    const token = exchanges[3];
    assert.ok(token);
    const safe = curl(token, 'variables');
    assert.match(safe, /--data-urlencode "client_secret=\$CLIENT_SECRET"/);
    assert.match(safe, /--data-urlencode "code_verifier=\$CODE_VERIFIER"/);
    assert.match(safe, /--data-urlencode 'grant_type=authorization_code'/);
    assert.match(curl(token, 'plain'), /s3cret-of-the-client/);
  });

  it('quotes whatever a shell would act on', () => {
    const request = {
      method: 'POST',
      url: "https://as.example.com/t?x='$(id)'",
      headers: form,
      body: "a=b'c`d$e",
    };
    const text = curl(exchange({ id: 1, purpose: 'api', leg: 'extension', request }), 'plain');
    assert.ok(text.includes(`'https://as.example.com/t?x='\\''$(id)'\\'''`));
    assert.ok(text.includes(`--data-urlencode 'a=b'\\''c\`d$e'`));
  });

  it('puts variables into a JSON body', () => {
    const request = {
      method: 'POST',
      url: 'https://localhost:5001/token',
      headers: json,
      body: '{"clientId":"orders","clientSecret":"it\'s \\"one\\""}',
    };
    const text = curl(exchange({ id: 1, purpose: 'token', leg: 'extension', request }), 'variables');
    assert.match(text, /"clientSecret":"'"\$CLIENT_SECRET"'"/);
    assert.ok(!text.includes('one'));
  });

  it('writes HAR 1.2 with every member the format requires', () => {
    const { log } = har(exchanges, '1.2.3');
    assert.equal(log.version, '1.2');
    for (const entry of log.entries) {
      assert.deepEqual(Object.keys(entry.timings), ['send', 'wait', 'receive']);
      assert.ok(entry.startedDateTime.endsWith('Z') && entry.time >= 0);
      assert.equal(typeof entry.response.content.mimeType, 'string');
    }
    assert.equal(log.entries[3]?.request.postData?.mimeType, 'application/x-www-form-urlencoded');
  });

  it('writes Markdown that hostile text cannot break out of', () => {
    const [, , , token] = exchanges;
    assert.ok(token);
    const hostile = {
      ...token,
      response: { status: 400, statusText: 'Bad', headers: [], body: '```\n<script>|</script>\n````' },
    };
    const text = flowMarkdown(view({ exchanges: [hostile] }));
    assert.match(text, /\n`{5}\n```\n<script>/);
  });

  it('draws mermaid arrows there and back', () => {
    const text = mermaid(view());
    assert.match(text, /^sequenceDiagram\n {2}participant editor as OAuth Explorer/);
    assert.match(text, /editor->>token_endpoint: POST \/token\n {2}token_endpoint-->>editor: 200 OK/);
  });
});

describe('two flows as text', () => {
  it('differ only in what matters', () => {
    const later = report({
      id: 'g',
      startedAt: start + 60_000,
      endedAt: start + 61_000,
      exchanges: exchanges.map((one) => ({
        ...one,
        startedAt: one.startedAt + 60_000,
        request: {
          ...one.request,
          url: one.request.url.replaceAll('af0ifjsldkj', 'zzzzzzzz').replace(':51234', ':40000'),
        },
      })),
    });
    assert.equal(flowText(later), flowText(report()));
    const narrower = report({ profile: userProfile({ scopes: [] }), exchanges: exchanges.slice(0, 3) });
    assert.notEqual(flowText(narrower), flowText(report()));
  });
});
