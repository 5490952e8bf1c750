import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import { runOne } from '../../../src/core/checks/runOne.ts';
import { testOutcome } from '../../../src/core/contract/testOutcome.ts';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { givenExplanation } from '../../../src/core/diagnose/givenExplanation.ts';
import { configuredServers } from '../../../src/core/mcp/configFiles.ts';
import { mcpUrlProblem } from '../../../src/core/mcp/serverUrl.ts';
import { catalogue } from '../diagnose/play.ts';
import { exchange } from '../flowView/samples.ts';

/** With what Markdown escapes. */
const planted = () => `${randomBytes(9).toString('hex')}_${randomBytes(9).toString('base64url')}`;

function assertClean(said: unknown, secrets: readonly string[]): void {
  // Without what JSON and Markdown escape: a secret is one in every spelling.
  const text = JSON.stringify(said).replaceAll('\\', '');
  for (const secret of secrets) assert.ok(!text.includes(secret.slice(0, 14)), text.slice(0, 400));
}

describe('what was planted is not said', () => {
  it('in the verdict of a check, wherever it is told', async () => {
    const [token, secret] = [planted(), planted()];
    const [check] = checks;
    assert.ok(check);
    const said = `The server said: client_secret ${secret} is wrong for ${token}.`;
    const sent = exchange({
      ...{ id: 1, purpose: 'token', leg: 'extension' },
      request: {
        ...{ method: 'POST', url: 'http://127.0.0.1/token' },
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: new URLSearchParams({ client_secret: secret, refresh_token: token }).toString(),
      },
    });
    const clock = {
      now: () => 0,
      sleep: () => Promise.resolve(),
      timeout: () => new AbortController().signal,
    };
    const { signal } = new AbortController();
    for (const verdict of ['pass', 'weakness', 'fail', 'not_determined', 'not_applicable'] as const) {
      const run = () => Promise.resolve({ verdict, meaning: said, advice: said });
      const item = { check: { ...check, run }, chosen: true };
      const result = await runOne(item, { evidence: [sent] }, { clock, signal });
      assert.ok(result);
      assertClean([result.meaning, result.advice], [token, secret]);
      const options = { contract: undefined, weaknessFails: true, now: 0 };
      const outcome = testOutcome(result, { id: 'a', name: 'A', clientId: 'c' }, options);
      assertClean(outcome, [token, secret]);
      assert.match(JSON.stringify([result.meaning, outcome]), /client_secret/);
    }
  });

  it('in the explanation that another extension gets', () => {
    const [token, secret] = [planted(), planted()];
    const hex = (text: string) => Buffer.from(text).toString('hex');
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const percent = (text: string) => text.replace(/./g, (sign) => `%${hex(sign)}`);
    let clean = 0;
    const head = 'HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n';
    for (const answer of [
      `${head}\r\n${JSON.stringify({
        ...{ error: 'invalid_client', error_description: `Bad secret ${secret}`, client_secret: secret },
        ...{ refresh_token: token, error_uri: `https://as.example/e?client_secret=${secret}` },
      })}`,
      `${head}Set-Cookie: sid=${token}\r\n\r\n{"error":"invalid_grant","error_description":"session ${token}"}`,
      `https://a.example/cb?error=access_denied&error_description=no+${token}+and+${hex(secret)}&code=${token}&client_secret=${secret}`,
      `{"error":"invalid_grant","error_description":"no ${base64(token)}, ${encodeURIComponent(percent(secret))}","code":"${token}","client_secret":"${secret}"}`,
      `POST /token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nclient_secret=${secret}&code=${token}\r\n\r\n${head}\r\n{"error":"invalid_grant","error_description":"${secret} ${token}"}`,
    ]) {
      const explained = explainAnswer(answer, { now: 0 }, undefined, catalogue);
      if (explained.kind === 'explained') {
        const spelt = [token, secret, hex(secret), base64(token), percent(secret)];
        assertClean([explained, givenExplanation(explained, undefined)], spelt);
        clean++;
      }
    }
    assert.equal(clean, 5);
  });

  it('of an mcp.json: neither inputs nor what is beside the address of a server', () => {
    const secrets = Array.from({ length: 6 }, planted);
    const [initial = '', env = '', header = '', argument = '', user = '', scheme = ''] = secrets;
    const text = JSON.stringify({
      inputs: [{ id: 'key', type: 'promptString', password: true, default: initial, description: initial }],
      servers: {
        local: { command: 'server', args: ['--key', argument, '${input:key}'], env: { KEY: env } },
        remote: { url: 'https://mcp.example.com/mcp', headers: { Authorization: `Bearer ${header}` } },
        filled: { url: 'https://mcp.example.com/${input:key}', headers: { 'X-Key': '${input:key}' } },
      },
    });
    const found = configuredServers(text);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['local', 'remote', 'filled'],
    );
    assertClean(found, secrets);
    assert.match(mcpUrlProblem(found[2]?.url ?? '') ?? '', /holds a variable/);
    for (const url of [
      `https://me:${user}@mcp.example.com/`,
      `s${scheme.replaceAll(/[^a-z0-9]/gi, '')}:opaque`,
      `http://mcp.example.com/?api_key=${user}`,
      user,
    ]) {
      const problem = mcpUrlProblem(url);
      assert.ok(problem, url);
      assertClean(
        problem.toLowerCase(),
        [user.toLowerCase(), url.slice(0, 14).toLowerCase()].filter((x) => !x.startsWith('http')),
      );
    }
  });
});
