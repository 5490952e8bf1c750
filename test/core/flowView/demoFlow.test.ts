import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowText } from '../../../src/core/flowView/flowText.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { flowDeps } from '../oauth/support/deps.ts';

describe('a recorded flow', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers();
  });
  after(() => demo.close());

  /** A sign-in at the demo server that gives a token. */
  async function signIn(scopes: readonly string[], metadata = new MetadataCache()): Promise<FlowReport> {
    const { clientId } = demo.clients.native;
    const profile = userProfile({ issuer: demo.issuer, clientId, scopes });
    const deps = flowDeps({ browser: new SignInBrowser(), metadata });
    const report = await runFlow('authorization_code', profile, deps);
    assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
    return report;
  }

  /** The lines that only one of two texts has, without what marks a request or an answer. */
  function differences(left: string, right: string): string[] {
    const [one, two] = [left.split('\n'), right.split('\n')];
    const only = (lines: readonly string[], others: readonly string[]) =>
      lines.filter((line) => !others.includes(line)).map((line) => line.replace(/^[<>]?\s+/, ''));
    return [...only(one, two), ...only(two, one)];
  }

  describe('a sign-in at the demo server', () => {
    it('is explained parameter by parameter, each with its source', async () => {
      const { steps } = flowView({ state: 'ended', flow: await signIn(['openid', 'orders.read']) });
      const groups = steps.flatMap(({ request, response }) => [
        ...request.groups,
        ...(response?.groups ?? []),
      ]);
      const parameters = groups
        .filter(({ title }) => title !== 'Header fields')
        .flatMap(({ parameters: all }) => all);
      assert.ok(parameters.length > 40);
      const unexplained = parameters.filter(
        ({ meaning = '', source = '' }) => meaning === '' || source === '',
      );
      assert.deepEqual(
        unexplained.map(({ name }) => name),
        [],
      );
    });

    it('reads the same when it is run again', async () => {
      const scopes = ['openid', 'orders.read'];
      const first = flowText(await signIn(scopes));
      assert.equal(flowText(await signIn(scopes)), first);
      assert.match(
        first,
        /== Hand the browser over to the server\n> GET http:\/\/127\.0\.0\.1:<port>\/<one-time address>/,
      );
      assert.match(first, /\n {3}access token\n {5}aud: /);
    });

    it('differs in its scopes and claims alone when one scope more is asked for', async () => {
      const narrow = await signIn(['openid', 'orders.read']);
      const wide = await signIn(['openid', 'orders.read', 'orders.write']);
      const lines = differences(flowText(narrow), flowText(wide));
      assert.ok(lines.length > 0);
      assert.deepEqual(
        [...new Set(lines)].sort(),
        [
          ...['scope: openid orders.read', 'scope: openid orders.read orders.write'],
          ...['scope: orders.read', 'scope: orders.read orders.write'],
          ...['scope of the response: orders.read', 'scope of the response: orders.read orders.write'],
        ].sort(),
      );
      const claims = (text: string) => text.slice(text.indexOf('== What was issued'));
      assert.notEqual(claims(flowText(narrow)), claims(flowText(wide)));
    });

    it('reads the same when what it knew of the server was kept from the run before', async () => {
      const kept = new MetadataCache();
      const first = await signIn(['openid'], kept);
      const second = await signIn(['openid'], kept);
      assert.notEqual(first.exchanges.length, second.exchanges.length);
      assert.equal(flowText(second, first), flowText(first, second));
    });
  });

  describe('the text of a flow', () => {
    it('does without the numbers servers give their answers', async () => {
      const report = await signIn(['openid']);
      const numbered = (number: string): FlowReport => ({
        ...report,
        exchanges: report.exchanges.map((exchange) => ({
          ...exchange,
          ...(exchange.response && {
            response: {
              ...exchange.response,
              headers: [
                ...exchange.response.headers,
                ...['x-ms-request-id', 'CF-Ray', 'x-correlation-id'].map((name) => [name, number] as const),
                ['content-security-policy', `script-src 'nonce-${number}'`],
              ],
            },
          }),
        })),
      });
      assert.equal(flowText(numbered('1')), flowText(numbered('2')));
    });
  });
});
