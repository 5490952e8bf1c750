import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { curl } from '../../../src/core/flowView/export/curl.ts';
import { har } from '../../../src/core/flowView/export/har.ts';
import { flowMarkdown, mermaid } from '../../../src/core/flowView/export/markdown.ts';
import { flowText } from '../../../src/core/flowView/flowText.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { parameterMeaning } from '../../../src/core/flowView/parameters.ts';
import { pkceView } from '../../../src/core/flowView/pkceView.ts';
import { requestAgain } from '../../../src/core/flowView/requestAgain.ts';
import { redactFlow } from '../../../src/core/flowView/redactFlow.ts';
import { userProfile } from '../../support/profiles.ts';
import { exchange, exchanges, form, json, pkce, report, secrets, start } from './samples.ts';

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

  it('begins at what is waited for, not at what was ignored meanwhile', () => {
    const waiting = exchanges.slice(0, 2);
    assert.ok(waiting[1]?.ignored);
    assert.equal(view({ exchanges: waiting }).selected, waiting[0]?.id);
  });

  it('says a run that ended before anything was sent', () => {
    const failure = { kind: 'cancelled', step: 'browser', message: 'Cancelled.', advice: '' } as const;
    const empty = view({ exchanges: [], outcome: { kind: 'failure', failure } });
    assert.deepEqual([empty.steps.length, empty.outcome, empty.summary], [0, 'cancelled', 'Cancelled.']);
  });

  it('has the diagram as sentences', () => {
    assert.equal(view().story[3], 'Exchange the code for tokens: OAuth Explorer to Token endpoint.');
    assert.equal(
      view().story[0],
      'Ask the user to sign in: Browser to Authorization server, answered in the browser.',
    );
  });
});

describe('a value in the flow view', () => {
  const answer = (description: string) => ({
    ...{ status: 400, statusText: 'Bad Request', headers: json },
    body: JSON.stringify({ error: 'invalid_request', error_description: description }),
  });
  const described = (description: string, options = {}) => {
    const [, , , token] = exchanges;
    assert.ok(token);
    const shown = view({ exchanges: [{ ...token, response: answer(description) }] }, options);
    const members = shown.steps[0]?.response?.groups.find(({ title }) => title === 'JSON')?.parameters;
    return members?.find(({ name }) => name === 'error_description');
  };

  it('is no secret because the server wrote an ellipsis', () => {
    assert.equal(described('Wait …')?.redacted, false);
  });

  it('is one when a secret was taken out of it', () => {
    assert.equal(described(`No such code: SplxlOBeZQQYbYS6WxSbIA …`)?.redacted, true);
    const code = view().steps[3]?.request.groups[0]?.parameters.find(({ name }) => name === 'code');
    assert.deepEqual([code?.value, code?.redacted], ['…xSbIA', true]);
  });

  it('is as it was sent when that is asked for', () => {
    const plain = described(`No such code: SplxlOBeZQQYbYS6WxSbIA`, { plain: true });
    assert.deepEqual([plain?.value, plain?.redacted], ['No such code: SplxlOBeZQQYbYS6WxSbIA', false]);
  });
});

describe('a flow that waits for the browser', () => {
  it('says what for, since when the browser has it, and until when', () => {
    const [authorization, favicon] = exchanges;
    assert.ok(authorization && favicon);
    const discovery = exchange({
      ...{ id: 1, purpose: 'discovery', leg: 'extension', startedAt: start },
      request: { method: 'GET', url: 'https://as.example.com/.well-known/openid-configuration', headers: [] },
    });
    const redirectUri = 'http://127.0.0.1:51234/callback';
    const waiting = {
      kind: 'redirect' as const,
      ...{ authorizationUrl: authorization.request.url, redirectUri, deadline: start + 300_000 },
      submitRedirect: () => Promise.resolve({ accepted: true as const }),
      openAgain: () => Promise.resolve(),
    };
    const flow = {
      ...{
        id: 'f',
        kind: 'authorization_code' as const,
        profile: userProfile(),
        startedAt: start,
        pkce,
        waiting,
      },
      exchanges: [discovery, { ...authorization, id: 2, startedAt: start + 700 }, { ...favicon, id: 3 }],
    };
    const shown = flowView({ state: 'running', flow });
    assert.deepEqual(shown.waiting, {
      redirectUri,
      sentence: 'Waiting for you to sign in with the browser.',
      canCopyUrl: true,
      since: start + 700,
      deadline: start + 300_000,
    });
    assert.deepEqual([shown.outcome, shown.pkce?.canShow], ['running', false]);
    assert.equal(view().waiting, undefined);
  });
});

describe('PKCE in the flow view', () => {
  it('keeps the verifier back after the end when the code was not exchanged', () => {
    const [, , , token] = exchanges;
    assert.ok(token);
    const { response, ...unanswered } = token;
    assert.ok(response);
    const error = { code: 'ECONNREFUSED', message: 'Nobody listens.' };
    for (const left of [exchanges.slice(0, 3), [...exchanges.slice(0, 3), { ...unanswered, error }], []]) {
      const shown = view({ exchanges: left }, { showVerifier: true });
      assert.deepEqual([shown.pkce?.canShow, shown.pkce?.verifier], [false, '…FOEjXk']);
    }
    assert.equal(view({}, { showVerifier: true }).pkce?.verifier, pkce.code_verifier);
  });

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

  it('writes every secret into each format when the user wants that', () => {
    const flow = report();
    const texts = [
      flow.exchanges.map((one) => curl(one, 'plain')).join('\n'),
      JSON.stringify(har(flow.exchanges, '1.0.0')),
      flowMarkdown(flowView({ state: 'ended', flow }, { plain: true })),
    ];
    for (const text of texts)
      for (const secret of secrets.slice(0, 3)) assert.ok(text.includes(secret), text);
    assert.ok(texts[2]?.includes('the-access-token-of-the-user'));
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

describe('an API call to be sent again', () => {
  const request = {
    ...{ method: 'PUT', url: 'https://api.example.com/orders/1', body: '{"item":"Tea"}' },
    headers: [...json, ['authorization', 'Bearer the-access-token-of-the-user']] as const,
  };
  const call = (over: object) =>
    report({
      kind: 'api_call',
      exchanges: [exchange({ id: 1, purpose: 'api', leg: 'extension', request: { ...request, ...over } })],
    });

  it('is what was sent, without the token of that time', () => {
    const body = new TextEncoder().encode(request.body);
    assert.deepEqual(requestAgain(call({})), { ...request, headers: json, body });
  });

  it('is none when nothing was sent, part of it is gone, or it was no API call', () => {
    assert.equal(requestAgain(report({ kind: 'api_call', exchanges: [] })), undefined);
    assert.equal(requestAgain(call({ omitted: 1 })), undefined);
    assert.equal(requestAgain(call({ body: '(3 bytes that are not text)', binary: true })), undefined);
    assert.equal(requestAgain(report()), undefined);
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
