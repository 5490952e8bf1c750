import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk, type Desk } from './desk.ts';
import { run, type RunOptions } from './program.ts';

interface Explained {
  readonly title: string;
  readonly failure: { readonly kind: string; readonly step: string };
  readonly provider?: { readonly id: string };
  readonly server?: { readonly status?: number; readonly error?: string };
  readonly meaning: { readonly text: string };
  readonly causes: readonly { readonly id: string; readonly evidence: readonly string[] }[];
}

describe('oauth-explorer explain', () => {
  let desk: Desk;

  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.close());

  const inDesk = (args: readonly string[], options: RunOptions = {}) =>
    run(['explain', ...args], { folder: desk.folder, ...options });
  const explained = (stdout: string) => JSON.parse(stdout) as Explained;

  it('explains what a real token endpoint answers, as curl -i shows it', async () => {
    const response = await fetch(`${desk.demo.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('demo-machine:wrong').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const fields = [...response.headers].map(([name, value]) => `${name}: ${value}`);
    const input = [
      `HTTP/1.1 ${response.status} ${response.statusText}`,
      ...fields,
      '',
      await response.text(),
    ].join('\r\n');
    const { code, stdout } = await inDesk([], { input });
    assert.equal(code, 1);
    assert.match(stdout, /^# invalid_client at the token endpoint\n/);
    assert.match(stdout, /\nstatus: 401\nerror: invalid_client\n/);
    const { code: again, stdout: json } = await inDesk(['--json', '--profile', 'demo-machine'], { input });
    assert.equal(again, 1);
    const { server, causes } = explained(json);
    assert.deepEqual([server?.status, server?.error], [401, 'invalid_client']);
    assert.ok(causes.length > 0);
  });

  it('looks for causes in a profile only when one is named, and makes up no evidence', async () => {
    const input = '{"error":"invalid_scope","error_description":"orders.delete"}';
    const without = await inDesk(['--json'], { input });
    const [alone, ...others] = explained(without.stdout).causes;
    assert.deepEqual(
      [alone?.id, alone?.evidence, others],
      ['scope-refused', ['The server’s own words say so.'], []],
    );
    assert.match(without.stderr, /^With --profile <id>, it also looks for causes in a profile\.\n$/);
    const named = await inDesk(['--json', '--profile', 'demo-machine'], { input });
    assert.match(JSON.stringify(explained(named.stdout).causes), /The profile asks|scopes/);
    assert.equal(named.stderr, '');
  });

  it('knows what the words of a provider mean', async () => {
    const input = JSON.stringify({
      error: 'invalid_client',
      error_description:
        "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '1'. Trace ID: 2",
      error_codes: [7000215],
      error_uri: 'https://login.microsoftonline.com/error?code=7000215',
    });
    await desk.addProfiles([
      {
        ...{ id: 'entra', grant: 'client_credentials', clientId: 'c' },
        issuer: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0',
      },
    ]);
    const { stdout } = await inDesk(['--json', '--profile', 'entra', '--status', '401'], { input });
    const { provider, causes } = explained(stdout);
    assert.equal(provider?.id, 'entra-id');
    assert.ok(
      causes.some(({ id }) => id.startsWith('entra-id/')),
      JSON.stringify(causes.map(({ id }) => id)),
    );
  });

  it('explains a redirect and the answer of an API', async () => {
    const redirect = 'http://127.0.0.1/cb?error=access_denied&state=abc';
    assert.equal(
      explained((await inDesk(['--json'], { input: redirect })).stdout).failure.step,
      'authorization',
    );
    const api = `${desk.demo.api}/orders`;
    const { headers, status } = await fetch(api, { headers: { authorization: 'Bearer abc' } });
    const input = `HTTP/1.1 ${status} \nwww-authenticate: ${headers.get('www-authenticate') ?? ''}\n\n`;
    const { failure, causes } = explained((await inDesk(['--json'], { input })).stdout);
    assert.deepEqual([failure.step, failure.kind], ['api', 'http_error']);
    assert.ok(
      causes.some(({ id }) => id === 'token-expired'),
      JSON.stringify(causes),
    );
    for (const { evidence } of causes)
      for (const sentence of evidence) assert.doesNotMatch(sentence, /The token (has|names)/);
  });

  it('ends with 0 where nothing failed, and prints no token', async () => {
    const [token, refresh] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')];
    const input = JSON.stringify({ access_token: token, refresh_token: refresh, token_type: 'Bearer' });
    const { code, stdout, stderr } = await inDesk([], { input });
    assert.deepEqual([code, stdout, stderr], [0, '', 'Nothing failed: this is a success.\n']);
  });

  it('prints no secret that stands in an answer', async () => {
    const planted = randomBytes(20).toString('hex');
    const jwt = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(`{"sub":"${planted}"}`).toString('base64url')}.${planted}`;
    for (const input of [
      `HTTP/1.1 500 Oops\ncontent-type: application/json\nset-cookie: session=${planted}\n\n{"client_secret":"${planted}","got":"${jwt}"}`,
      `HTTP/1.1 400 Bad\n\n{"error":"invalid_request","error_description":"unexpected ${jwt}"}`,
      `HTTP/1.1 200 OK\n\n{"refresh_token":"${planted}"}`,
      `HTTP/1.1 401 No\nwww-authenticate: Bearer error="invalid_token", error_description="${jwt}"\n\n`,
    ])
      for (const format of [[], ['--json'], ['--profile', 'demo-machine']]) {
        const { stdout, stderr } = await inDesk(format, { input });
        assert.notEqual(stdout, '');
        assertNowhere([planted], stdout + stderr);
      }
  });

  it('reads what tools record, in UTF-16, too, and archives of many megabytes', async () => {
    const body = '{"error":"invalid_grant","error_description":"used"}';
    const curl = `> POST /token HTTP/1.1\n> \n< HTTP/1.1 400 Bad Request\n< \n${body}`;
    const request = { method: 'POST', url: 'https://as.example.com/token' };
    const response = { status: 400, statusText: 'Bad Request', headers: [], content: { text: body } };
    const page = {
      request,
      response: { ...response, status: 200, content: { text: 'x'.repeat(10_000_000) } },
    };
    const archive = JSON.stringify({ log: { entries: [{ request, response }, page] } });
    for (const input of [curl, Buffer.from(`\ufeff${curl}`, 'utf16le'), archive]) {
      const { code, stdout, stderr } = await inDesk(['--json'], { input });
      assert.equal(code, 1, stderr);
      assert.deepEqual(explained(stdout).server?.error, 'invalid_grant');
    }
  });

  it('refuses what it cannot read, in a sentence', async () => {
    await writeFile(join(desk.folder, 'long.txt'), 'x'.repeat(1024 * 1024 + 1));
    for (const [args, input, sentence] of [
      [[], '', /^There is no answer: the text is empty\.\n$/],
      [[], 'a\0b\u0001', /^Standard input is not text: an answer is a text/],
      [[], 'x'.repeat(10_000_000), /^Standard input has more than 1024 KiB/],
      [[], '{"log":{"entries":[]}}', /^There is no answer in this HTTP Archive\./],
      [[], '<!doctype html><title>502</title>', /^This is not an OAuth error\. Pass the whole answer/],
      [[], 'Something went wrong', /^This is not an OAuth error\. Pass the whole answer/],
      [['--status', '99'], '{}', /^--status must be an HTTP status/],
      [['--profile', 'none'], '{}', /^There is no profile “none”/],
      [['--profiles', 'x.json'], '{}', /^--profiles goes with --profile only\./],
      [['--file', 'long.txt'], '', /^“long\.txt” has more than 1024 KiB/],
      [['--from', 'redirect'], '{}', /^There is no redirect with an error/],
    ] as const) {
      const { code, stdout, stderr } = await inDesk(args, { input });
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
    }
  });
});
