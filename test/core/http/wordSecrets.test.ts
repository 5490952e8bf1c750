import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runOne } from '../../../src/core/checks/runOne.ts';
import { cleanExplanation } from '../../../src/core/diagnose/cleanExplanation.ts';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import { restoreFlows, storeFlows } from '../../../src/core/flowView/storedFlows.ts';
import { redactExchange } from '../../../src/core/http/redact.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { planTool, runTool } from '../../../src/core/tools/useTool.ts';
import { machineProfile } from '../../support/profiles.ts';
import { realClock } from '../diagnose/play.ts';
import { plant, toolsOn } from '../tools/workbench.ts';

/** A token request with this secret, which the server says again. */
function exchangeWith(secret: string, path: string): Exchange {
  return {
    ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: 0, endedAt: 1, deviations: [] },
    request: {
      ...{ method: 'POST', url: `https://as.example.com/${path}?hint=${secret}` },
      headers: [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['accept', 'application/json'],
        ['x-debug', `a ${secret}`],
      ],
      body: new URLSearchParams({ client_secret: secret, note: secret }).toString(),
    },
    response: {
      ...{ status: 400, statusText: 'Bad Request' },
      headers: [['content-type', 'application/json']],
      body: JSON.stringify({ error: 'invalid_client', error_description: `Not ${secret}, please` }),
    },
  };
}

const last = (word: string) => `…${word.slice(word.length - Math.floor(word.length / 4))}`;

describe('a secret that is a word', () => {
  for (const word of ['token', 'Token', 'oauth', 'application', 'server'])
    it(`“${word}” stays in a path and in fields of the protocol, and is masked where it was sent or said`, () => {
      const path = `${word}/oauth/${word}`;
      const { request, response } = redactExchange(exchangeWith(word, path));
      assert.equal(request.url, `https://as.example.com/${path}?hint=${last(word)}`);
      assert.deepEqual(request.headers, [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['accept', 'application/json'],
        ['x-debug', `a ${last(word)}`],
      ]);
      assert.doesNotMatch(request.body ?? '', new RegExp(word));
      assert.deepEqual(response?.headers, [['content-type', 'application/json']]);
      assert.ok(response.body.includes(`Not ${last(word)}, please`), response.body);
    });

  it('is no word when it has digits or signs: then it is masked in a path, too', () => {
    const { request } = redactExchange(exchangeWith('hunter2x', 'a/hunter2x/token'));
    assert.equal(request.url, 'https://as.example.com/a/…2x/token?hint=…2x');
  });

  it('is no word when it has digits: then it is masked in the name of a field, too', () => {
    const { request, response } = exchangeWith('token', 'x');
    const headers = [['x.hunter2x.says', 'a']] as const;
    assert.ok(response);
    const shown = redactExchange({ ...exchangeWith('hunter2x', 'x'), response: { ...response, headers } });
    assert.deepEqual(shown.response?.headers, [['x.…2x.says', 'a']]);
    const ours = { ...request, headers: [['X-Token', 'a']] as const };
    assert.equal(
      redactExchange({ ...exchangeWith('Token', 'x'), request: ours }).request.headers[0]?.[0],
      'X-Token',
    );
  });

  it('stays in what a check says, but for what the server said', async () => {
    const meaning = 'The token endpoint refused the token (no token).';
    const check = {
      ...{ id: 'a.b', area: 'a', title: 't', tries: 't', expects: 'e', sources: [] },
      run: () => Promise.resolve({ verdict: 'fail', meaning, advice: 'Ask for a token.' } as const),
    };
    const bench = { evidence: [exchangeWith('token', 'x')] };
    const item = { check } as unknown as Parameters<typeof runOne<typeof bench>>[0];
    const { signal } = new AbortController();
    const result = await runOne(item, bench, { clock: realClock, signal });
    assert.equal(result?.meaning, 'The token endpoint refused the token (no …n).');
    assert.equal(result.advice, 'Ask for a token.');
  });

  it('stays in an explanation, but for the server’s words', () => {
    const explanation: Explanation = {
      failure: { kind: 'timeout', step: 'token', seconds: 1, message: 'No token came.', advice: 'a token' },
      title: 'The client has no token',
      provider: { id: 'token', name: 'Token', why: 'its token endpoint', how: 'generic' },
      server: { error_description: 'bad token', body: 'token' },
      meaning: { text: 'It says “a token”, the token.' },
      causes: [{ id: 'token', weight: 1, title: 'A token', evidence: ['a (token)'], steps: [], fixes: [] }],
      links: [],
    };
    assert.deepEqual(cleanExplanation(explanation, ['token']), {
      ...explanation,
      server: { error_description: 'bad …n', body: '…n' },
      meaning: { text: 'It says “a …n”, the token.' },
      causes: [{ ...explanation.causes[0], evidence: ['a (…n)'] }],
    });
  });

  it('stays in what an agent reads of ours', async () => {
    const planted = { ...(await plant()), secret: 'token' };
    const { ports } = toolsOn(planted, [machineProfile({ name: 'My token' })], {
      send: () => Promise.reject(new Error('not sent')),
    });
    const { signal } = new AbortController();
    const listed = await runTool('oauth_list_profiles', {}, ports, signal);
    assert.match(listed, /My token/);
    const { question } = await planTool('oauth_call_api', { url: 'https://api.example.com/token' }, ports);
    assert.match(question?.text ?? '', /^The access token of “My token”/);
    assert.match(question?.shown ?? '', /^GET https:\/\/api\.example\.com\/token\n/);
    await assert.rejects(runTool('oauth_call_api', {}, ports, signal), /such as https/);
  });

  it('stays in what is kept of a run, so that it can be read again', () => {
    const profile = machineProfile({ id: 'token', name: 'token', issuer: 'https://as.example.com/token' });
    const failure = {
      kind: 'timeout',
      step: 'token',
      seconds: 1,
      message: 'No token came.',
      advice: 'a',
    } as const;
    const flow: FlowReport = {
      ...{ id: '1', kind: 'token', profile, startedAt: 1, endedAt: 2 },
      exchanges: [exchangeWith('token', 'token')],
      outcome: { kind: 'failure', failure },
    } as unknown as FlowReport;
    const [kept] = restoreFlows(storeFlows([flow], '1'), '1');
    assert.ok(kept);
    assert.deepEqual(kept.outcome, flow.outcome);
    assert.deepEqual([kept.profile.name, kept.exchanges[0]?.purpose], ['token', 'token']);
    assert.doesNotMatch(JSON.stringify(kept.exchanges[0]?.request.body), /=token/);
  });
});
