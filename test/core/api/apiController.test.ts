import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnsecuredJWT } from 'jose';
import { ApiController } from '../../../src/core/api/apiController.ts';
import { apiView } from '../../../src/core/api/apiView.ts';
import type { ApiCall } from '../../../src/core/api/callApi.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import type { ApiViewModel } from '../../../src/shared/views/apiView.ts';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import { waitFor } from '../../support/processes.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { explain } from '../diagnose/play.ts';

const tokens = {
  ...{ access_token: 'opaque-1', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
};
const exchange = (change: Partial<NonNullable<Exchange['response']>> = {}): Exchange => ({
  ...{ id: 1, purpose: 'api', startedAt: 1000, endedAt: 1250, leg: 'extension', deviations: [] },
  request: { method: 'POST', url: 'https://api.example.com/a', headers: [['x-a', 'b']], body: 'sent' },
  response: { status: 200, statusText: 'OK', headers: [], body: 'came', ...change },
});
const callOf = (exchanges: readonly Exchange[], request: Partial<ApiCall['request']> = {}): ApiCall => ({
  ...{ url: 'https://api.example.com/a', tokens },
  request: { method: 'POST', url: 'https://api.example.com/a', headers: [], ...request },
  report: {
    ...{ id: 'flow-1', kind: 'api_call', profile: machineProfile(), startedAt: 1000, endedAt: 1250 },
    ...{ exchanges, outcome: { kind: 'token', tokens } },
  },
});

function open(
  call = callOf([exchange({ body: 'first' }), exchange()]),
  explanation?: Explanation,
  signsIn = true,
) {
  const drawn: ApiViewModel[] = [];
  const done: string[] = [];
  let release = (): void => undefined;
  const controller = new ApiController(call, explanation, {
    draw: (model) => void drawn.push(model),
    copy: (text) => void done.push(`copy ${text}`),
    open: (name, text) => Promise.resolve(void done.push(`open ${name} ${text}`)),
    saveBody: (name, body) => {
      done.push(`save ${name} ${Buffer.from(body).toString('latin1')}`);
      return Promise.resolve({ text: 'Saved.', done: true });
    },
    sendAgain: async (again) => {
      done.push(`send ${again.url}`);
      await new Promise<void>((resolve) => (release = resolve));
    },
    showFlow: (flow) => void done.push(`show ${flow}`),
    explain: (flow) => void done.push(`explain ${flow}`),
    profile: () => call.report.profile,
    save: ({ acrValues }) => Promise.resolve(done.push(`save ${acrValues}`) > 0),
    host: (fix) => Promise.resolve(done.push(fix.kind) > 0 && signsIn),
  });
  return { controller, drawn, done, release: () => release() };
}

const stepUp = () => {
  const challenge = 'Bearer error="insufficient_user_authentication", acr_values="gold"';
  const refused = exchange({ status: 401, headers: [['WWW-Authenticate', challenge]] });
  const failure = {
    ...({ kind: 'http_error', step: 'api', status: 401, exchange: 1, message: '', advice: '' } as const),
  };
  return explain(userProfile(), { failure, exchanges: [refused] }, {});
};
const idToken = (sub: string) => new UnsecuredJWT({ sub }).setIssuer('https://login.example.com').encode();
const callBy = (sub: string) => {
  const call = callOf([exchange()]);
  const report = { ...call.report, profile: userProfile() };
  return { ...call, report, tokens: { ...call.tokens, id_token: idToken(sub) } };
};

describe('the page of an API call', () => {
  it('is drawn at once, and copies, opens and saves the last answer as it came', async () => {
    const { controller, drawn, done } = open();
    assert.equal(drawn.length, 1);
    for (const type of ['copyBody', 'openBody', 'saveBody', 'showFlow'] as const)
      await controller.handle({ type });
    assert.deepEqual(done, ['copy came', 'open body.txt came', 'save body.txt came', 'show flow-1']);
    assert.deepEqual(drawn.at(-1)?.notice, { text: 'Saved.', done: true });
    controller.show(callOf([exchange({ body: 'another' })]), undefined);
    assert.equal(drawn.at(-1)?.notice, undefined);
    assert.equal(drawn.at(-1)?.response?.body.text, 'another');
    await controller.handle({ type: 'copyBody' });
    assert.equal(done.at(-1), 'copy another');
  });

  it('saves what is no text by its bytes, not by the text that was made of them', async () => {
    const answer = exchange({ headers: [['Content-Type', 'image/png']], body: '\uFFFDPNG' });
    const { controller, done } = open({ ...callOf([answer]), raw: Buffer.from('\x89PNG', 'latin1') });
    await controller.handle({ type: 'saveBody' });
    assert.deepEqual(done, ['save body.png \x89PNG']);
  });

  it('has nothing to copy or explain where no answer came', async () => {
    const { controller, done } = open(callOf([]));
    await controller.handle({ type: 'copyBody' });
    await controller.handle({ type: 'saveBody' });
    await controller.handle({ type: 'explainRenewal' });
    await controller.handle({ type: 'fix', cause: 0, fix: 0 });
    assert.deepEqual(done, ['copy ', 'save body.txt ']);
  });

  for (const [who, notice] of [
    ['ada', undefined],
    ['eve', 'Another user signed in than before.'],
  ] as const)
    it(`signs in for more and sends once more, and compares who it is: ${who}`, async () => {
      const { controller, drawn, done, release } = open(callBy('ada'), stepUp());
      const fixing = controller.handle({ type: 'fix', cause: 0, fix: 0 });
      await waitFor('the request that is sent once more', () => (done.length < 3 ? undefined : done));
      controller.show(callBy(who), undefined);
      release();
      await fixing;
      assert.deepEqual(done, ['save gold', 'sign_in', 'send https://api.example.com/a']);
      assert.equal(drawn.at(-1)?.busy, false);
      assert.equal(drawn.at(-1)?.notice?.text, notice);
    });

  it('sends nothing where the sign-in brought no token, and the profile is as it was', async () => {
    const { controller, drawn, done } = open(callBy('ada'), stepUp(), false);
    await controller.handle({ type: 'fix', cause: 0, fix: 0 });
    assert.deepEqual(done, ['save gold', 'sign_in', 'save undefined']);
    assert.match(drawn.at(-1)?.notice?.text ?? '', /^No token came/);
  });

  it('sends once, however often it is asked while it sends, and again when that is over', async () => {
    const { controller, drawn, done, release } = open();
    const sending = controller.handle({ type: 'sendAgain' });
    assert.equal(drawn.at(-1)?.busy, true);
    await controller.handle({ type: 'sendAgain' });
    assert.deepEqual(done, ['send https://api.example.com/a']);
    release();
    await sending;
    assert.equal(drawn.at(-1)?.busy, false);
    const again = controller.handle({ type: 'sendAgain' });
    release();
    await again;
    assert.equal(done.length, 2);
  });
});

describe('the buttons of an API call', () => {
  it('a token is got once, and what came of it shown', async () => {
    const { controller, drawn, done } = open();
    await controller.handle({ type: 'getToken' });
    assert.deepEqual(done, ['get_token']);
    assert.deepEqual(
      drawn.map(({ busy }) => busy),
      [false, true, false],
    );
  });

  it('the run by which a token was renewed is explained, and nothing where it has none', async () => {
    const call = callOf([exchange()]);
    const report = { ...call.report, id: 'flow-2' };
    const failure = {
      ...({ kind: 'http_error', step: 'refresh', status: 400, message: '', advice: '' } as const),
    };
    for (const [ran, told] of [
      [{ report }, ['explain flow-2']],
      [{}, []],
    ] as const) {
      const { controller, done } = open({ ...call, renewal: { kind: 'failure', failure, ...ran } });
      await controller.handle({ type: 'explainRenewal' });
      assert.deepEqual(done, told);
    }
  });

  it('a call that was given up has nothing to copy, and an empty file to save', async () => {
    const { response: _none, ...unanswered } = exchange();
    const { controller, done } = open(callOf([unanswered]));
    await controller.handle({ type: 'copyBody' });
    await controller.handle({ type: 'saveBody' });
    assert.deepEqual(done, ['copy ', 'save body.txt ']);
  });

  it('a cause or a fix that is not there changes nothing', async () => {
    for (const [cause, fix] of [
      [9, 0],
      [0, 9],
    ] as const) {
      const { controller, drawn, done } = open(callBy('ada'), stepUp());
      await controller.handle({ type: 'fix', cause, fix });
      assert.deepEqual([done, drawn.length], [[], 1]);
    }
  });

  it('what a fix did is said beside its cause, and a fix of another kind sends nothing', async () => {
    const explanation = stepUp();
    const [cause] = explanation.causes;
    assert.ok(cause);
    for (const [fix, notice] of [
      [{ kind: 'start_demo' }, 0],
      [{ kind: 'sign_in' }, undefined],
    ] as const) {
      const { controller, drawn, done } = open(callBy('ada'), {
        ...explanation,
        causes: [{ ...cause, fixes: [fix] }],
      });
      await controller.handle({ type: 'fix', cause: 0, fix: 0 });
      assert.deepEqual(done, [fix.kind]);
      assert.equal(drawn.at(-1)?.notice?.cause, notice);
    }
  });

  it('a profile that is gone is said', async () => {
    const drawn: ApiViewModel[] = [];
    const gone = new ApiController(callOf([exchange()]), undefined, {
      ...{
        copy: () => undefined,
        open: () => Promise.resolve(),
        showFlow: () => undefined,
        explain: () => undefined,
      },
      ...{ saveBody: () => Promise.resolve(undefined), sendAgain: () => Promise.resolve() },
      ...{ draw: (model) => void drawn.push(model), profile: () => undefined },
      ...{
        save: () => Promise.resolve(false),
        host: () => Promise.resolve(false),
        runAgain: () => Promise.resolve(),
      },
    });
    await gone.handle({ type: 'getToken' });
    assert.equal(drawn.at(-1)?.busy, false);
  });
});

describe('what the page shows of a call', () => {
  const view = (call: ApiCall) => apiView(call, undefined, { busy: false });
  const answer = (change: Partial<NonNullable<Exchange['response']>>) => view(callOf([exchange(change)]));

  it('the tone of an answer is that of its status', () => {
    const tones = [200, 299, 300, 399, 400, 500].map((status) => answer({ status }).response?.tone);
    assert.deepEqual(tones, ['good', 'good', 'warn', 'warn', 'bad', 'bad']);
  });

  it('how long it took, and nothing while it has no end', () => {
    assert.equal(answer({}).response?.milliseconds, 250);
    const { endedAt: _ended, ...open } = exchange();
    assert.equal(view(callOf([open])).response?.milliseconds, 0);
  });

  it('the body is read by its type, whichever case the name is in', () => {
    const of = (name: string) =>
      answer({
        headers: [
          ['x-other', 'text/plain'],
          [name, 'image/png'],
        ],
        body: 'x',
      }).response?.body.kind;
    assert.deepEqual([of('Content-Type'), of('content-type'), of('x-type')], ['binary', 'binary', 'text']);
  });

  it('what is long is cut: headers, their names and values, the body and the address that were sent', () => {
    const many = Array.from({ length: 300 }, (_, n): readonly [string, string] => [
      `${n}`.padEnd(300, 'n'),
      'v'.repeat(5000),
    ]);
    const { headers = [] } = answer({ headers: many }).response ?? {};
    assert.equal(headers.length, 200);
    assert.deepEqual([headers[0]?.[0].length, headers[0]?.[1].length], [200, 4000]);
    const sent = exchange();
    const url = `https://api.example.com/${'p'.repeat(5000)}`;
    const long = view(callOf([{ ...sent, request: { ...sent.request, url, body: 'b'.repeat(30_000) } }]));
    assert.deepEqual([long.url.length, long.request.body?.length], [2000, 20_000]);
  });

  it('what was sent; nothing where nothing was', () => {
    const sent = view(callOf([exchange()]));
    assert.deepEqual(sent.request, { headers: [['x-a', 'b']], body: 'sent' });
    assert.match(sent.steps[0]?.text ?? '', /^Sent with the token ending in …[^,]*\.$/);
    const none = view(callOf([]));
    assert.deepEqual([none.steps, none.request, 'response' in none], [[], { headers: [] }, false]);
    assert.ok(!('scopes' in none));
  });

  it('a Host header that names another host was left out, which is said', () => {
    const warned = (host: string) =>
      view(
        callOf([exchange()], {
          headers: [
            ['accept', 'other.example.com'],
            ['HOST', host],
          ],
        }),
      ).steps.filter(({ tone }) => tone === 'warn');
    assert.match(
      warned('other.example.com')[0]?.text ?? '',
      /\(other\.example\.com\) was left out.*api\.example\.com/,
    );
    assert.deepEqual([warned('api.example.com'), warned('https://other.example.com')], [[], []]);
  });

  it('whose dialect it was read in, and what failed', () => {
    const call = callOf([exchange()], { readAs: 'httpYac' });
    const reading = (one: ApiCall) => view(one).steps.find(({ text }) => text.startsWith('Read as'))?.text;
    assert.equal(reading(call), 'Read as httpYac reads it, but sent with another User-Agent.');
    const named = callOf([exchange()], { readAs: 'httpYac', headers: [['user-agent', 'mine']] });
    assert.equal(reading(named), 'Read as httpYac reads it.');
    assert.equal(reading(callOf([exchange()])), undefined);
    const failure = { kind: 'timeout', seconds: 30, step: 'api', message: 'Too late.', advice: '' } as const;
    const failed = view({ ...call, report: { ...call.report, outcome: { kind: 'failure', failure } } });
    assert.deepEqual(failed.steps.at(-1), { tone: 'bad', text: 'Too late.' });
  });

  it('which token went, in which header', () => {
    const { report, ...call } = callOf([exchange()]);
    const profile = machineProfile({ sentToken: 'id_token', tokenHeader: 'X-Token' });
    const text = view({
      ...call,
      ...{ tokens: { ...tokens, id_token: 'an-id-token-1' }, report: { ...report, profile } },
    }).steps[0]?.text;
    assert.match(text ?? '', /the id_token ending in .*, in the header X-Token\.$/);
  });
});
