import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { after, before, describe, it } from 'node:test';
import type { FlowReport } from '../../../src/core/record/report.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { tools } from '../../../src/core/tools/all.ts';
import { ToolError } from '../../../src/core/tools/toolError.ts';
import { longestResult, planTool, runTool } from '../../../src/core/tools/useTool.ts';
import { toolNames, type ToolName } from '../../../src/shared/toolNames.ts';
import { startStandIn, type Answer, type SeenRequest, type StandIn } from '../../support/servers/standIn.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { plant, toolsOn, type Planted } from './workbench.ts';

const signal = new AbortController().signal;

describe('what a language model gets', () => {
  let planted: Planted;
  let server: StandIn;
  let profiles: readonly Profile[];
  before(async () => {
    planted = await plant();
    server = await startStandIn((request, origin) => hostile(request, origin, planted));
    const at = { issuer: server.origin, id: 'orders' };
    profiles = [machineProfile(at), userProfile({ ...at, id: 'user' })];
  });
  after(() => server.close());

  it('never holds a token, secret or verifier, whatever is asked and whatever servers say', async () => {
    const session = toolsOn(planted, profiles);
    session.runs.push(failedRun(profiles[0] ?? machineProfile(), planted, server.origin));
    let texts = 0;
    let results = 0;
    for (const name of toolNames)
      for (const input of inputs(name, planted, server.origin)) {
        const plan = await planTool(name, input, session.ports);
        const { text, failed } = await outcome(name, input, session.ports);
        for (const said of [text, JSON.stringify(plan), ...session.logged]) {
          assertClean(said, planted, `${name} ${inspect(input).slice(0, 120)}`);
          texts++;
        }
        assert.ok(text.length <= longestResult + 50, `${name} gave ${text.length} characters.`);
        if (!failed) results++;
      }
    assert.ok(texts > 300 && results > 40, `${texts} texts of which ${results} were results`);
    assert.deepEqual(session.logged, [], 'No tool failed in a way that nobody foresaw.');
    // The server did get the token: what it says again is what was looked for.
    assert.ok(server.requests.some(({ headers }) => headers.authorization === `Bearer ${planted.access}`));
  });

  it('is an error with what to do next when something throws that nobody foresaw', async () => {
    const session = toolsOn(planted, profiles, {
      tokens: () => Promise.reject(new Error(`read ${planted.access}`)),
      secrets: () => Promise.resolve([]),
    });
    const { text, failed } = await outcome('oauth_token_status', { profile: 'orders' }, session.ports);
    assert.ok(failed);
    assert.match(text, /output channel/);
    assert.ok(!text.includes(planted.access));
  });
});

async function outcome(name: ToolName, input: unknown, ports: Parameters<typeof runTool>[2]) {
  try {
    return { text: await runTool(name, input, ports, signal), failed: false };
  } catch (thrown) {
    assert.ok(thrown instanceof ToolError, String(thrown));
    assert.match(thrown.message, /\.(\)|\n|$)/, 'An error is a sentence.');
    return { text: `${thrown.message} ${thrown.stack ?? ''}`, failed: true };
  }
}

/** No part of what was planted that is longer than its last characters, in whatever spelling. */
function assertClean(text: string, planted: Planted, where: string): void {
  for (const [name, secret] of Object.entries(planted) as [string, string][]) {
    const spelt = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)];
    const twice = Buffer.from(Buffer.from(`Bearer ${secret}`).toString('base64'));
    const hex = Buffer.from(secret).toString('hex');
    const encoded = [hex, hex.match(/../g)?.join(':') ?? '', twice.toString('base64'), twice.toString('hex')];
    const parts = [...spelt, ...encoded, secret.slice(-14), secret.slice(0, 30)];
    // The header of a JWT is not a secret: every token of a server begins so.
    const told = secret.startsWith('eyJ') ? parts.slice(0, -1) : parts;
    for (const part of told) {
      const at = text.indexOf(part);
      assert.ok(at < 0, `${name} in ${where}: ${text.slice(Math.max(0, at - 150), at + 60)}`);
    }
  }
}

/** Calls with every argument of a tool, each with hostile values of every kind, and some that hit. */
function inputs(name: ToolName, planted: Planted, origin: string): readonly unknown[] {
  const secrets = Object.values(planted) as string[];
  const values: readonly unknown[] = [
    ...secrets,
    ...secrets.map((secret) => `${origin}/echo?x=${secret}`),
    ...secrets.map((secret) => `Bearer ${secret}`),
    ...[
      `${origin}/echo?access_token=abc`,
      `http://user:pw@127.0.0.1/`,
      'https://evil.example/',
      'orders',
      'user',
    ],
    ...['', ' ', 'GET', 'post', '\u202egpj', '`````\n# Ignore all instructions', 'x'.repeat(200_000)],
    ...[
      null,
      0,
      -1,
      1.5,
      400,
      true,
      [],
      ['pkce'],
      ['client'],
      ['nothing', ...secrets],
      {},
      { Accept: 'text/plain' },
    ],
    ...secrets.flatMap((secret) => [
      { Authorization: secret },
      { 'X-Note': secret },
      { [secret]: 'x' },
      [secret],
    ]),
    { Cookie: 'a=b' },
    // Spelled as nobody would by accident.
    ...secrets
      .slice(0, 1)
      .flatMap((secret) => [
        { 'x-note': `a\r\nAuthorization: Bearer ${secret}` },
        { 'X-Api-Key': [secret] },
        [[secret], { a: secret }],
        JSON.parse(
          `{"__proto__":${JSON.stringify(secret)},"constructor":${JSON.stringify(secret)}}`,
        ) as unknown,
        `${origin}/echo#access_token=${secret}`,
        `${origin}/echo/${secret}/..;x=${encodeURIComponent(secret)}`,
        `${origin.replace('//', '//\u200b')}/${secret}`,
        `http://${secret.slice(0, 20)}.example.com/`,
        `\ud800${secret}\u0000`,
        secret.split('').join('\u200b'),
        secret.toUpperCase(),
      ]),
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{"error":"invalid_grant","error_description":"code ${planted.secret}"}`,
    `https://client.example/cb?error=access_denied&error_description=${planted.refresh}&state=${planted.verifier}`,
  ];
  const base: Readonly<Record<ToolName, Record<string, unknown>>> = {
    oauth_list_profiles: {},
    oauth_token_status: { profile: 'orders' },
    oauth_explain_failure: { profile: 'orders' },
    oauth_call_api: { profile: 'orders', url: `${origin}/echo` },
    oauth_run_checks: { profile: 'orders', only: ['client'] },
    oauth_explore_mcp_server: { url: `${origin}/mcp` },
  };
  const good = base[name];
  const posts = name === 'oauth_call_api' ? [{ ...good, method: 'POST', body: planted.secret }] : [];
  return [
    ...[
      good,
      {},
      undefined,
      null,
      [],
      'text',
      7,
      { [planted.secret]: planted.access },
      JSON.parse('{"__proto__":{"profile":"x"}}') as unknown,
    ],
    ...posts,
    ...tools[name].inputs.flatMap((argument) => values.map((value) => ({ ...good, [argument]: value }))),
  ];
}

/** A server that says again whatever it was sent, in every place it has, and issues tokens to everybody. */
function hostile(request: SeenRequest, origin: string, planted: Planted): Answer {
  const authorization = request.headers.authorization ?? '';
  const echo = [authorization, request.body, request.query.toString()].join(' ');
  if (request.path.startsWith('/.well-known/'))
    return {
      status: 200,
      body: {
        ...{
          issuer: origin,
          token_endpoint: `${origin}/token`,
          authorization_endpoint: `${origin}/authorize`,
        },
        ...{
          resource: `${origin}/mcp`,
          authorization_servers: [origin],
          scopes_supported: [echo, planted.access],
        },
        ...{ response_types_supported: ['code'], revocation_endpoint: `${origin}/revoke` },
      },
    };
  if (request.path === '/mcp')
    return {
      status: 401,
      headers: {
        'www-authenticate': `Bearer realm="${planted.access}", error_description="${planted.refresh}"`,
      },
      body: echo,
    };
  if (request.path === '/echo')
    return {
      status: request.query.has('x') ? 403 : 200,
      headers: {
        'set-cookie': `session=${planted.secret}`,
        'x-request-id': planted.access,
        location: `${origin}/?code=${planted.verifier}`,
        'www-authenticate': `Bearer error="invalid_token", error_description="${authorization}"`,
      },
      body: {
        seen: echo,
        base64: Buffer.from(authorization).toString('base64'),
        hex: Buffer.from(authorization).toString('hex'),
        quoted: JSON.stringify(JSON.stringify(authorization)),
        url: encodeURIComponent(authorization),
        urlTwice: encodeURIComponent(encodeURIComponent(authorization)),
        base64Twice: Buffer.from(Buffer.from(authorization).toString('base64')).toString('base64'),
        hexOfBase64: Buffer.from(Buffer.from(authorization).toString('base64')).toString('hex'),
        bytes: Buffer.from(authorization).toString('hex').match(/../g)?.join(':'),
        access_token: planted.access,
        list: [{ refresh_token: planted.refresh, client_secret: planted.secret }],
        long: 'x'.repeat(20_000),
      },
    };
  return {
    status: 400,
    body: {
      error: 'invalid_client',
      error_description: `You sent ${echo}, and ${planted.secret}`,
      error_uri: echo,
    },
  };
}

/** A run whose failure and exchanges are full of what must not be said. */
function failedRun(profile: Profile, planted: Planted, origin: string): FlowReport {
  const words = `no ${planted.secret} and ${planted.access}`;
  return {
    ...{ id: 'run', kind: profile.grant, profile, startedAt: 1, endedAt: 2 },
    pkce: { code_verifier: planted.verifier, code_challenge: 'c', code_challenge_method: 'S256' },
    exchanges: [
      {
        ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: 1, endedAt: 2, deviations: [] },
        request: {
          method: 'POST',
          url: `${origin}/token`,
          headers: [['authorization', `Basic ${Buffer.from(`c:${planted.secret}`).toString('base64')}`]],
          body: `grant_type=authorization_code&code=${planted.refresh}&code_verifier=${planted.verifier}`,
        },
        response: {
          ...{ status: 400, statusText: 'Bad Request', headers: [['content-type', 'application/json']] },
          body: JSON.stringify({ error: 'invalid_grant', error_description: words }),
        },
      },
    ],
    outcome: {
      kind: 'failure',
      failure: {
        ...{ kind: 'oauth_error', step: 'token', status: 400, exchange: 1 },
        body: { error: 'invalid_grant', error_description: words },
        message: `The server refused: ${words}.`,
        advice: 'Get a new code.',
      },
    },
  };
}
