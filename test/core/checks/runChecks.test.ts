import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import { planChecks, planCost } from '../../../src/core/checks/plan.ts';
import { registered } from '../../../src/core/checks/redirect/registered.ts';
import { replayed } from '../../../src/core/checks/code/replayed.ts';
import { noAuthentication } from '../../../src/core/checks/client/noAuthentication.ts';
import { wrongSecret } from '../../../src/core/checks/client/wrongSecret.ts';
import { close, listen } from '../../../src/demo/listen.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';
import { profileOf, realClock, trial } from './support.ts';

describe('the checks in one run', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  const webPort = () => Number(new URL(demo.clients.web.redirectUri ?? '').port);

  describe('a run of the checks', () => {
    it('sends nothing to any host but the server and our loopback, and follows no redirect', async () => {
      demo.setFaults(['any-public-host', 'host-prefix', 'userinfo-taken-for-host']);
      const asked = new Set<string>();
      const browser = new JarBrowser();
      const report = await trial({
        issuer: demo.issuer,
        client: demo.clients.native,
        jar: browser,
        context: {
          fetch: (url, init) => {
            asked.add(new URL(url).origin);
            assert.equal(init?.redirect, 'manual');
            return fetch(url, init);
          },
        },
      });
      demo.setFaults([]);
      assert.deepEqual([...asked], [demo.issuer]);
      const visited = browser.visited.map((url) => new URL(url));
      const pilot = visited[0]?.origin;
      assert.ok(visited.length > 20);
      assert.deepEqual(
        visited.filter(({ origin }) => origin !== demo.issuer && origin !== pilot),
        [],
      );
      assert.equal(visited[0]?.hostname, '127.0.0.1');
      assert.ok(report.results.some(({ verdict }) => verdict === 'fail'));
      const origins = report.results.flatMap(({ evidence }) =>
        evidence.map(({ request }) => new URL(request.url).hostname),
      );
      assert.deepEqual([...new Set(origins)], ['127.0.0.1']);
    });

    it('opens the browser once and never asks for more than the plan said', async () => {
      let openings = 0;
      const { native, web } = demo.clients;
      const profile = profileOf(demo.issuer, native);
      const subject = { profile, hasOtherClient: true };
      const chosen = planChecks(subject).flatMap((item) => (item.chosen ? [item.check] : []));
      const cost = planCost(chosen, subject, true);
      const report = await trial({
        issuer: demo.issuer,
        client: native,
        other: web,
        opened: () => openings++,
      });
      const sent = report.results.flatMap(({ evidence }) =>
        evidence.flatMap(({ leg, request: { url, body }, startedAt }) =>
          leg === 'extension' ? [JSON.stringify([url, body, startedAt])] : [],
        ),
      );
      const requests = new Set(sent).size;
      const passes = new Set(
        report.results.flatMap(({ evidence }) =>
          evidence.flatMap(({ leg, request }) => (leg === 'loopback' ? [request.url] : [])),
        ),
      );
      assert.equal(openings, cost.browserOpenings);
      assert.ok(passes.size > 10 && passes.size <= cost.signIns, `${passes.size} of ${cost.signIns}`);
      assert.ok(requests + passes.size <= cost.requests, `${requests} + ${passes.size} of ${cost.requests}`);
    });

    it('keeps for each check the exchanges that led to its verdict, numbered from 1', async () => {
      const { results } = await trial({
        issuer: demo.issuer,
        client: demo.clients.native,
        checks: [replayed],
      });
      const [result] = results;
      assert.deepEqual(
        result?.evidence.map(({ id, purpose, leg }) => [id, purpose, leg]),
        [
          [1, 'authorization', 'browser'],
          [2, 'redirect', 'loopback'],
          [3, 'token', 'extension'],
          [4, 'token', 'extension'],
          // A correct one is still taken.
          [5, 'authorization', 'browser'],
          [6, 'redirect', 'loopback'],
          [7, 'token', 'extension'],
        ],
      );
    });

    it('ends with what was done when it is cancelled while the browser is out, and frees the port', async () => {
      const stop = new AbortController();
      const report = await trial({
        issuer: demo.issuer,
        client: demo.clients.web,
        checks: [registered, replayed],
        context: {
          signal: stop.signal,
          browser: { open: () => (setImmediate(() => stop.abort()), Promise.resolve(true)) },
        },
      });
      assert.equal(report.cancelled, true);
      assert.deepEqual(
        report.results.map(({ id }) => id),
        ['redirect.registered'],
      );
      const port = createServer();
      assert.equal(await listen(port, webPort()), webPort());
      await close(port);
    });

    it('says that the port is taken, and runs what needs no sign-in', async () => {
      const squatter = createServer();
      await listen(squatter, webPort());
      const { results } = await trial({
        issuer: demo.issuer,
        client: demo.clients.web,
        checks: [registered, replayed],
      });
      await close(squatter);
      assert.deepEqual(
        results.map(({ verdict }) => verdict),
        ['pass', 'not_determined'],
      );
      assert.match(results[1]?.meaning ?? '', new RegExp(`Port ${webPort()} .* in use`));
    });

    it('says that the browser was not opened, or did not come back', async () => {
      const run = (open: boolean) =>
        trial({
          issuer: demo.issuer,
          client: demo.clients.native,
          checks: [replayed],
          context: { browser: { open: () => Promise.resolve(open) }, signInTimeout: 50 },
        });
      const [declined] = (await run(false)).results;
      assert.deepEqual(
        [declined?.verdict, declined?.meaning],
        ['not_determined', 'The browser was not opened.'],
      );
      const [lost] = (await run(true)).results;
      assert.equal(lost?.verdict, 'not_determined');
      assert.match(lost.meaning, /did not come back within 0\.05 s/);
    });

    it('waits less long for a browser of which nobody can say what it shows', async () => {
      const waits = async (unattended: boolean) => {
        const times: number[] = [];
        const timeout = (time: number) => (times.push(time), realClock.timeout(time));
        await trial({
          issuer: demo.issuer,
          client: demo.clients.native,
          // One signs in, the other is a pass of the browser that is signed in.
          checks: checks.filter(({ id }) => /^code\.(?:replayed|other-redirect)$/.test(id)),
          context: { clock: { ...realClock, timeout }, timeout: 30_000, signInTimeout: 25_000, unattended },
        });
        return [20_000, 60_000].filter((time) => times.includes(time));
      };
      assert.deepEqual([await waits(true), await waits(false)], [[20_000], [60_000]]);
    });

    it('leaves what needs a sign-in undetermined when none is wanted, without opening the browser', async () => {
      let openings = 0;
      const options = {
        issuer: demo.issuer,
        client: demo.clients.native,
        signIn: false,
        opened: () => openings++,
      };
      const { results } = await trial(options);
      assert.equal(openings, 0);
      assert.ok(results.filter(({ verdict }) => verdict === 'not_determined').length > 10);
      assert.deepEqual(
        results.filter(({ verdict }) => verdict === 'fail' || verdict === 'weakness'),
        [],
      );
    });

    it('asks for the secret once, and sends nothing when it is not stored', async () => {
      let asked = 0;
      const context = { secret: () => (asked++, Promise.resolve(undefined)) };
      const { results } = await trial({
        issuer: demo.issuer,
        client: demo.clients.machine,
        checks: [wrongSecret, noAuthentication],
        context,
      });
      assert.equal(asked, 1);
      assert.equal(results[0]?.verdict, 'not_determined');
      assert.deepEqual(results[0].evidence, []);
    });

    it('says that the server cannot be reached, check by check', async () => {
      const gone = createServer();
      const issuer = `http://127.0.0.1:${await listen(gone, 0)}`;
      await close(gone);
      const { results } = await trial({
        issuer,
        client: demo.clients.native,
        checks: [registered],
        signIn: false,
      });
      assert.equal(results[0]?.verdict, 'not_determined');
      assert.match(results[0].meaning, /Nothing accepts connections/);
    });

    it('describes every check completely, each with a source and an id of its own', () => {
      assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
      for (const { id, area, title, tries, expects, judged, sources } of checks) {
        assert.equal(id.split('.')[0], area);
        for (const sentence of [tries, expects, judged]) assert.match(sentence, /^[A-Z].*\.$/s, id);
        assert.doesNotMatch(title, /\.$/);
        assert.ok(sources.length > 0, id);
      }
    });
  });

  describe('the conclusion on redirect URIs', () => {
    const matching = async (client: 'native' | 'web', ...faults: string[]) => {
      demo.setFaults(faults);
      const redirects = checks.filter(({ area }) => area === 'redirect');
      const report = await trial({
        issuer: demo.issuer,
        client: demo.clients[client],
        signIn: false,
        checks: redirects,
      });
      demo.setFaults([]);
      return report.matching;
    };

    it('says for an exact server which string is registered and right', async () => {
      assert.deepEqual(await matching('native'), {
        sentence:
          'This server compares redirect URIs character by character, except for the port of a loopback address, which may be any. Keep exactly http://127.0.0.1/callback registered.',
        register: 'http://127.0.0.1/callback',
      });
      assert.deepEqual(await matching('web'), {
        sentence: `This server compares redirect URIs character by character, the port included. Keep exactly ${demo.clients.web.redirectUri ?? '?'} registered.`,
        register: demo.clients.web.redirectUri,
      });
    });

    it('names a port to register where the server wants one', async () => {
      assert.equal(
        (await matching('native', 'low-ports-refused'))?.register,
        'http://127.0.0.1:49170/callback',
      );
    });

    it('names every laxness', async () => {
      const found = await matching('native', 'path-case-ignored', 'trailing-slash-ignored', 'query-ignored');
      assert.match(
        found?.sentence ?? '',
        /does not compare redirect URIs exactly: it ignores upper and lower case in the path, ignores a trailing slash and ignores added parameters\./,
      );
      assert.match(
        (await matching('native', 'host-prefix'))?.sentence ?? '',
        /redirects to hosts that nobody registered/,
      );
    });
  });
});
