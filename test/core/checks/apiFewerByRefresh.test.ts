import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { fewerScopes } from '../../../src/core/checks/apiTarget.ts';
import { apiTokens } from '../../../src/core/checks/apiTokens.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { FlowLog } from '../../../src/core/session/flowLog.ts';
import { Session } from '../../../src/core/session/session.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { TokenStore } from '../../../src/core/vault/tokenStore.ts';
import { decodeToken } from '../../../src/core/token/decode.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { demoProfile } from '../../../src/demo/workspace.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';
import { flowDeps } from '../oauth/support/deps.ts';
import { apiTrial } from './apiTrial.ts';
import { realClock } from './support.ts';

const signal = new AbortController().signal;

describe('a token with fewer scopes by a refresh, where the grant takes a person', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  afterEach(() => demo.setFaults([]));
  after(() => demo.close());

  /** A signed-in user of the demo, with a session on a real token store; all that is sent goes to real servers. */
  function signedIn(over: Partial<Profile> = {}) {
    const parsed = parseProfile(demoProfile(demo.issuer, demo.clients.native));
    assert.ok('profile' in parsed);
    const profile = { ...parsed.profile, ...over } as Profile;
    const kept = new Map<string, string>();
    const vault = {
      get: (key: string) => Promise.resolve(kept.get(key)),
      set: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
      delete: (key: string) => Promise.resolve(void kept.delete(key)),
    };
    const store = new TokenStore({
      ...{ vault, index: new AccountIndex(vault), clock: realClock },
      onFailure: ({ message }) => assert.ok(false, message),
    });
    const asked: string[] = [];
    const deps = flowDeps({
      browser: {
        open: (url) => {
          asked.push('person');
          void new JarBrowser().visit(url).catch(() => undefined);
          return Promise.resolve(true);
        },
      },
      fetch: (input, init) => {
        const { body } = init ?? {};
        const form = typeof body === 'string' ? new URLSearchParams(body) : undefined;
        if (form?.get('grant_type') === 'refresh_token') asked.push(`refresh ${form.get('scope') ?? '-'}`);
        return fetch(input, init);
      },
    });
    const session = new Session({
      ...{ clock: realClock, tokens: store, flows: new FlowLog() },
      run: ({ kind, profile: of, ...request }) => runFlow(kind, of, { ...deps, ...request }),
    });
    const good = async () => {
      const found = await session.current(profile, signal);
      if (found.kind === 'failure') throw new FailureError(found.failure);
      return found.tokens;
    };
    const verdict = async () => {
      const narrow = fewerScopes(profile, {
        anew: () => Promise.reject(new Error('nobody is asked')),
        byRefresh: (scopes) => session.withFewerScopes(profile, scopes, signal),
      });
      const { results } = await apiTrial(demo, 'api', apiTokens({ clock: realClock, good, ...narrow }));
      const found = results.find(({ id }) => id === 'resource.scope');
      return [found?.verdict, found?.meaning] as const;
    };
    return { profile, store, session, kept, asked, good, verdict };
  }

  it('shows whether the API looks at the scope; the rotated refresh token is kept, the access token stays', async () => {
    const { profile, store, session, kept, asked, good, verdict } = signedIn();
    const own = await good();
    const [found, meaning] = await verdict();
    assert.equal(found, 'pass', meaning);
    assert.equal(asked.filter((one) => one === 'person').length, 1);
    assert.ok(asked.includes('refresh openid orders.write'), asked.join());
    const now = store.peek(profile);
    assert.equal(now?.access_token, own.access_token);
    assert.notEqual(now.refresh_token, own.refresh_token);
    assert.equal(now.expires_at, own.expires_at);
    assert.deepEqual(now.requested_scopes, profile.scopes);
    await store.flush();
    assert.ok([...kept.values()].some((text) => text.includes(now.refresh_token ?? '-')));
    // What is kept is good, and its scopes are all there again.
    const renewed = await session.refresh(profile, signal);
    assert.equal(renewed.kind, 'token', JSON.stringify(renewed.kind === 'failure' && renewed.failure));
    const claims = decodeToken(renewed.tokens.access_token).payload?.json;
    assert.equal(claims?.['scope'], decodeToken(own.access_token).payload?.json?.['scope']);
  });

  it('says that the server ignored the narrower scope, and loses no refresh token by it', async () => {
    const { profile, session, good, verdict } = signedIn();
    await good();
    demo.setFaults(['scope-ignored-in-refresh']);
    const [found, meaning] = await verdict();
    assert.equal(found, 'not_determined');
    assert.match(
      String(meaning),
      /The server ignored the narrower scope of a refresh \(RFC 6749 section 6\)/,
    );
    assert.equal((await session.refresh(profile, signal)).kind, 'token');
  });

  it('waits for a refresh that is under way, and the next one for it: no refresh token is used twice', async () => {
    const { profile, store, session, good } = signedIn();
    await good();
    const all = await Promise.all([
      session.refresh(profile, signal),
      session.withFewerScopes(profile, ['orders.read'], signal),
      session.withFewerScopes(profile, ['orders.write'], signal),
      session.refresh(profile, signal),
    ]);
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ['token', 'token', 'token', 'token'],
    );
    const own = store.peek(profile);
    assert.equal(all[0].kind === 'token' && all[0].tokens.access_token, own?.access_token);
    assert.equal((await session.refresh(profile, signal)).kind, 'token');
  });

  it('ends at once when it is cancelled while it waits', async () => {
    const { profile, session, good, asked } = signedIn();
    await good();
    const stop = new AbortController();
    const first = session.withFewerScopes(profile, ['orders.read'], signal);
    const second = session.withFewerScopes(profile, ['orders.write'], stop.signal);
    stop.abort();
    const cancelled = await second;
    assert.equal(cancelled.kind === 'failure' && cancelled.failure.kind, 'cancelled');
    assert.equal((await first).kind, 'token');
    assert.deepEqual(asked, ['person', 'refresh orders.read']);
  });

  it('says why there is none where the server gave no refresh token', async () => {
    const { profile, store, verdict, good } = signedIn();
    const { refresh_token: _, ...own } = await good();
    void store.set(profile, own);
    const [found, meaning] = await verdict();
    assert.equal(found, 'not_determined');
    assert.match(
      String(meaning),
      /no refresh token .* takes another sign-in: check with a profile .* client credentials/,
    );
  });

  it('says what the server said where it refuses the refresh, and does not show the token', async () => {
    const { profile, store, verdict, good } = signedIn();
    const own = await good();
    void store.set(profile, { ...own, refresh_token: 'a-refresh-token-of-nobody' });
    const [found, meaning] = await verdict();
    assert.equal(found, 'not_determined');
    assert.match(String(meaning), /^A refresh with fewer scopes gave no token\. /);
    assert.ok(!String(meaning).includes('of-nobody'), meaning);
  });
});
