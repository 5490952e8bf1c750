import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readIntent } from '../../../src/shared/intents.ts';
import { apiIntents } from '../../../src/shared/views/apiView.ts';
import { bodyView, shownLimit } from '../../../src/core/api/bodyView.ts';
import { layOutJson } from '../../../src/core/api/layOutJson.ts';
import { ApiController } from '../../../src/core/api/apiController.ts';
import { bodyFile } from '../../../src/core/api/bodyFile.ts';
import { apiView } from '../../../src/core/api/apiView.ts';
import type { ApiCall } from '../../../src/core/api/callApi.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import type { Obtained } from '../../../src/core/session/session.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { clientCredentials } from '../diagnose/support.ts';
import { apiModel } from '../../webview/diagnoseSamples.ts';

const tokens: TokenSet = {
  ...{ access_token: 'opaque-1', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
};
const sampleReport: FlowReport = {
  ...{ id: 'flow-1', kind: 'refresh_token', profile: clientCredentials(), startedAt: 0, endedAt: 0 },
  ...{ exchanges: [], outcome: { kind: 'token', tokens } },
};
const sampleCall: ApiCall = {
  ...{ request: { method: 'GET', url: '', headers: [] }, url: 'https://api.example.com/', tokens },
  report: { ...sampleReport, kind: 'api_call' },
};

describe('the API view', () => {
  it('lays JSON out, shows text as it is, names what is not text, and keeps to its limit', () => {
    assert.deepEqual(bodyView('{"a":[1]}', 'application/json'), {
      ...{ kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}', size: '9 bytes', cut: false },
    });
    assert.deepEqual(bodyView('{"a":', 'application/json').kind, 'text');
    assert.deepEqual(bodyView('<b>hi</b>', 'text/html'), {
      kind: 'text',
      text: '<b>hi</b>',
      size: '9 bytes',
      cut: false,
    });
    assert.equal(bodyView('\uFFFDPNG\0\0\0', '').kind, 'binary');
    assert.equal(bodyView('x', 'image/png').kind, 'binary');
    assert.equal(bodyView('', 'application/json').kind, 'empty');
    const long = bodyView('x'.repeat(shownLimit + 1), 'text/plain');
    assert.deepEqual([long.text.length, long.cut, long.size], [shownLimit, true, '200.0 kB']);
  });

  it('shows the request without a look into what the answer keeps secret: its 10 MiB would be searched with each redraw', () => {
    const request = { method: 'GET', url: 'https://api.example.com/orders-of-2024?page=2', headers: [] };
    const body = JSON.stringify({ password: 'orders-of-2024', token: 'opaque-1' });
    const response = { status: 200, statusText: 'OK', headers: [], body };
    const exchange: Exchange = {
      ...{ id: 1, purpose: 'api', leg: 'extension', startedAt: 0, endedAt: 1, deviations: [] },
      ...{ request: { ...request, headers: [['x-key', 'opaque-1']] }, response },
    };
    const report = { ...sampleCall.report, exchanges: [exchange] };
    const view = apiView({ ...sampleCall, report }, undefined, { busy: false });
    assert.equal(view.url, request.url);
    assert.equal(JSON.stringify(view.request).includes('opaque-1'), false);
    assert.equal(view.response?.status, 200);
  });

  it('lays JSON out without changing a value: numbers, names that stand twice, escapes', () => {
    const shown = (body: string) => bodyView(body, 'application/json').text;
    assert.equal(
      shown('{"id":9007199254740993,"price":1.0,"id":2,"name":"\\u0041 \\" : [ ,","none":{},"list":[ ]}'),
      `{
  "id": 9007199254740993,
  "price": 1.0,
  "id": 2,
  "name": "\\u0041 \\" : [ ,",
  "none": {},
  "list": []
}`,
    );
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        assert.equal(layOutJson(JSON.stringify(value), Infinity), JSON.stringify(value, undefined, 2));
      }),
    );
  });

  it('leaves JSON as it came that nests so deep that nobody could read it', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    assert.deepEqual([bodyView(deep, '').kind, bodyView(deep, '').text], ['text', deep]);
  });

  it('tells what happened, and shows the token by its last 6 characters only', () => {
    const model = apiModel();
    assert.deepEqual(
      model.steps.map(({ text }) => text),
      [
        'Sent with the token ending in …abc123.',
        'api.example.com answered 401 to the first try.',
        'A new token was fetched and the request sent once more.',
      ],
    );
    assert.deepEqual(model.request.headers, [['authorization', 'Bearer …abc123']]);
    assert.ok(!JSON.stringify(model).includes('opaque-access-token'));
  });

  it('says why no new token came, and offers to explain it or to get one', () => {
    const failure = {
      kind: 'timeout',
      seconds: 30,
      step: 'token',
      message: 'Too late.',
      advice: 'Again.',
    } as const;
    const report = { ...sampleReport, outcome: { kind: 'failure', failure } } as const;
    const step = (renewal: Obtained) =>
      apiModel(401, '', undefined, renewal).steps.find(({ action }) => action !== undefined);
    assert.deepEqual(step({ kind: 'failure', failure, report }), {
      tone: 'bad',
      text: 'No new token came, so it was not sent again: Too late. Again.',
      action: 'explainRenewal',
    });
    assert.equal(step({ kind: 'failure', failure })?.action, 'getToken');
  });

  it('does what its steps offer', async () => {
    const done: string[] = [];
    const failure = { kind: 'timeout', seconds: 30, step: 'token', message: '', advice: '' } as const;
    const report = { ...sampleReport, outcome: { kind: 'failure', failure } } as const;
    const controller = new ApiController(
      { ...sampleCall, renewal: { kind: 'failure', failure, report } },
      undefined,
      {
        ...{
          draw: () => undefined,
          copy: () => undefined,
          sendAgain: () => Promise.resolve(),
          showFlow: () => undefined,
        },
        open: (name, text) => Promise.resolve(void done.push(`open ${name} ${text}`)),
        saveBody: (name, body) => Promise.resolve({ text: `${name} ${body.length}`, done: true }),
        ...{ profile: () => sampleReport.profile, save: () => Promise.resolve(true) },
        host: (fix) => Promise.resolve(done.push(fix.kind) > 0),
        explain: (flow) => done.push(`explain ${flow}`),
      },
    );
    for (const type of ['explainRenewal', 'getToken', 'openBody', 'saveBody']) {
      const intent = readIntent(apiIntents, { type });
      assert.ok(intent);
      await controller.handle(intent);
    }
    assert.deepEqual(done.slice(0, 2), [`explain ${report.id}`, 'get_token']);
    assert.match(done[2] ?? '', /^open body\.\w+ /);
  });

  it('says what of the request could not be sent as it stands', () => {
    const text = (change: Partial<ApiCall>) =>
      apiView({ ...sampleCall, ...change }, undefined, { busy: false })
        .steps.filter(({ tone }) => tone === 'warn')
        .map((step) => step.text);
    const named = (host: string) =>
      text({ url: 'https://a.example/', request: { method: 'GET', url: '', headers: [['Host', host]] } });
    assert.deepEqual(named('b.example'), [
      'The Host header (b.example) was left out: the request went to a.example.',
    ]);
    // The request went to what such a field holds.
    for (const url of ['http://b.example', 'HTTPS://b.example']) assert.deepEqual(named(url), []);
    assert.equal(named('b.example/https://').length, 1);
    // `sendBound` proves it.
    assert.deepEqual(text({ tokens: { ...sampleCall.tokens, token_type: 'DPoP' } }), []);
  });

  it('a 403 names the scopes the token has and the one the API wants', () => {
    const model = apiModel(403, '{}', 'Bearer error="insufficient_scope", scope="orders.write"');
    assert.deepEqual(model.scopes, ['orders.read', 'profile']);
    assert.match(model.explanation?.causes[0]?.title ?? '', /lacks “orders.write”/);
  });

  it('takes only the messages it knows', () => {
    assert.deepEqual(readIntent(apiIntents, { type: 'sendAgain' }), { type: 'sendAgain' });
    for (const message of [undefined, {}, { type: 'fix', cause: 'a', fix: 0 }, { type: 'send' }])
      assert.equal(readIntent(apiIntents, message), undefined);
  });
});

describe('a body as a file', () => {
  const file = (type: string, body: string) =>
    bodyFile({ status: 200, statusText: 'OK', headers: [['Content-Type', type]], body });

  it('is called by what it holds, and JSON is laid out with every number as it came', () => {
    assert.deepEqual(file('text/plain', '{"n":9007199254740993}'), {
      name: 'body.json',
      text: '{\n  "n": 9007199254740993\n}',
    });
    const names = [
      'text/html; charset=utf-8',
      'application/problem+xml',
      'text/csv',
      'application/x-other',
      '',
      ...['image/png', 'image/svg+xml', 'application/pdf', 'application/gzip', 'application/octet-stream'],
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ].map((type) => file(type, 'a,b').name);
    assert.deepEqual(
      names.map((name) => name.replace('body.', '')),
      ['html', 'xml', 'csv', 'txt', 'txt', 'png', 'svg', 'pdf', 'gz', 'bin', 'xlsx'],
    );
    assert.deepEqual(bodyFile(undefined), { name: 'body.txt', text: '' });
  });

  it('is whole, however long: what the view cuts off is there', () => {
    const long = JSON.stringify(Array.from({ length: 60_000 }, (_, index) => index));
    assert.deepEqual(JSON.parse(file('application/json', long).text), JSON.parse(long));
  });

  it('is laid out up to two million characters', () => {
    const body = (length: number) => JSON.stringify(['x'.repeat(length - 4)]);
    assert.match(file('application/json', body(2_000_000)).text, /^\[\n {2}"x/);
    assert.equal(file('application/json', body(2_000_001)).text, body(2_000_001));
  });
});
