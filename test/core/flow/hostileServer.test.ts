import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { systemClock } from '../../../src/adapters/clock.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { flowText } from '../../../src/core/flowView/flowText.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { tokenView } from '../../../src/core/token/tokenView.ts';
import { formatTokens, parseTokens } from '../../../src/core/vault/storedTokens.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { json, serve, serveSeen } from '../oauth/support/serve.ts';

const jsonType = { 'content-type': 'application/json' };

/** Client credentials at a server that answers as `listener` does. */
async function ask(context: TestContext, listener: RequestListener, over: Partial<FlowDeps> = {}) {
  const origin = await serve(context, listener);
  const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
  return runFlow('client_credentials', profile, flowDeps(over));
}

const answer = (text: string) => (_request: unknown, response: ServerResponse) => {
  response.writeHead(200, jsonType).end(text);
};

describe('a token endpoint that means harm', () => {
  const bomb = Buffer.alloc(64 * 1024 * 1024, '{"a":');
  for (const [encoding, packed] of [
    ['gzip', gzipSync(bomb)],
    ['br', brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as const)
    it(`has ${bomb.length >> 20} MiB in ${packed.length >> 10} KiB of ${encoding} refused at the limit`, async (context) => {
      const report = await ask(context, (_request, response) => {
        response.writeHead(200, { ...jsonType, 'content-encoding': encoding }).end(packed);
      });
      failureOf(report, 'response_too_large');
      assert.ok((report.exchanges[0]?.response?.body.length ?? 0) <= 1024 * 1024);
    });

  it('has an answer in pieces without an end refused at the limit', async (context) => {
    const report = await ask(context, (_request, response) => {
      response.writeHead(200, jsonType);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    failureOf(report, 'response_too_large');
  });

  const drip: RequestListener = (_request, response) => {
    response.writeHead(200, jsonType);
    const timer = setInterval(() => response.write(' '), 10);
    response.once('close', () => clearInterval(timer));
  };

  it('that sends a byte now and then is waited for as long as the setting says, however much comes', async (context) => {
    const clock = { ...systemClock, timeout: () => AbortSignal.timeout(200) };
    failureOf(await ask(context, drip, { clock }), 'timeout');
  });

  it('that sends a byte now and then can be cancelled', async (context) => {
    const cancelled = new AbortController();
    const report = await ask(
      context,
      (request, response) => {
        drip(request, response);
        setTimeout(() => cancelled.abort(), 50);
      },
      { signal: cancelled.signal },
    );
    failureOf(report, 'cancelled');
  });

  it('that redirects to itself is asked once', async (context) => {
    let asked = 0;
    const report = await ask(context, (_request, response) => {
      asked++;
      response.writeHead(307, { location: '/token' }).end();
    });
    assert.equal(report.outcome.kind, 'failure');
    assert.equal(asked, 1);
  });

  const lifetimes = [
    '1e400',
    '-1e400',
    '-1',
    '"3600"',
    '"NaN"',
    '"1e400"',
    '"0x10"',
    'null',
    '{}',
    '[3600]',
    '1e-320',
  ];
  for (const written of lifetimes)
    it(`with expires_in ${written}: the token is there, and ends at a date or at none`, async (context) => {
      const report = await ask(
        context,
        answer(`{"access_token":"tok-2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":${written}}`),
      );
      const tokens = tokensOf(report);
      if (tokens.expires_at !== undefined)
        assert.ok(!Number.isNaN(new Date(tokens.expires_at).getTime()), String(tokens.expires_at));
      JSON.stringify(
        tokenView(readTokens({ kind: 'profile', profile: report.profile, tokens, responseBody: '' }), {
          now: 0,
          signatures: {},
        }),
      );
      assert.equal(parseTokens(formatTokens(tokens, 'x'), 'x')?.access_token, tokens.access_token);
    });

  const claims = (many: number) =>
    Buffer.from(
      `{"iss":"x",${Array.from({ length: many }, (_, at) => `"c${at}":${at}`).join(',')}}`,
    ).toString('base64url');
  const odd: Readonly<Record<string, string>> = {
    'a token of very many claims': `{"access_token":"e30.${claims(40_000)}.x","token_type":"Bearer"}`,
    'the same member a hundred thousand times': `{${'"access_token":"a",'.repeat(50_000)}"access_token":"tok-2YotnFZFEjr1zCsicMWpAA"}`,
    'members named like those every object has':
      '{"__proto__":{"access_token":"evil"},"constructor":1,"toString":2,"access_token":"tok-2YotnFZFEjr1zCsicMWpAA"}',
    'half characters':
      '{"access_token":"tok-2YotnFZFEjr1zCsicMWpAA","\\ud800":"\\udfff","scope":"a\\ud800 b"}',
    'NUL characters':
      '{"access_token":"tok-2YotnFZFEjr1zCsicMWpAA","\\u0000":"\\u0000","scope":"a\\u0000 b"}',
    'very many scopes': `{"access_token":"tok-2YotnFZFEjr1zCsicMWpAA","scope":"${'a '.repeat(200_000)}"}`,
  };
  for (const [name, text] of Object.entries(odd))
    it(`with ${name}: the token is there, and so is all that is made of the run`, async (context) => {
      const report = await ask(context, answer(text));
      const tokens = tokensOf(report);
      assert.notEqual(tokens.access_token, 'evil');
      assert.equal(Object.getPrototypeOf(tokens.extra), Object.prototype);
      const reading = readTokens({ kind: 'profile', profile: report.profile, tokens, responseBody: text });
      JSON.stringify(tokenView(reading, { now: 0, signatures: {} }));
      JSON.stringify(flowView({ state: 'ended', flow: report }));
      flowText(report, report);
      formatTokens(tokens, 'x');
    });
});

describe('a device authorization endpoint that asks to be asked once a day', () => {
  it('does not have a sign-in wait for what cannot come: its codes end before', async (context) => {
    const slept: number[] = [];
    let now = 0;
    const clock = {
      ...systemClock,
      now: () => now,
      sleep: (milliseconds: number) => {
        slept.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    };
    const { origin, seen } = await serveSeen(context, (_request, response) =>
      json(response, {
        ...{
          device_code: 'dev-GmRhmhcxhwAzkoEqiMEg',
          user_code: 'ABCD',
          verification_uri: 'https://x.example',
        },
        ...{ expires_in: 60, interval: 1e9 },
      }),
    );
    const parsed = parseProfile({
      ...{ id: 'device', grant: 'device_code', clientId: 'tv', tokenEndpoint: `${origin}/token` },
      deviceAuthorizationEndpoint: `${origin}/device`,
    });
    assert.ok('profile' in parsed, JSON.stringify(parsed));
    const report = await runFlow('device_code', parsed.profile, flowDeps({ clock }));
    assert.ok(report.outcome.kind === 'failure');
    assert.match(report.outcome.failure.message, /86400 s .*more than the time that is left/);
    assert.deepEqual(slept, []);
    assert.ok(seen.every(({ url }) => url === '/device'));
  });
});
