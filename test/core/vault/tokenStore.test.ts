import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { secretPlace, type Profile } from '../../../src/core/profile/profile.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import { TokenStore } from '../../../src/core/vault/tokenStore.ts';
import { secretKey, setupHash, tokenKey } from '../../../src/core/vault/vaultKeys.ts';
import { vaultFailure } from '../../../src/core/vault/vaultFailure.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { ManualClock } from '../../support/clock.ts';
import { HookedStore } from '../../support/hookedStore.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22);
const tokens = (over: Partial<TokenSet> = {}): TokenSet => ({
  access_token: 'access-1',
  token_type: 'Bearer',
  received_at: now,
  expires_at: now + 3_600_000,
  requested_scopes: ['orders.read'],
  extra: {},
  ...over,
});

/** The limited store, with failures as the host's adapter words them. */
function worded(store: LimitedStore): Vault {
  const say = (cause: unknown) => {
    throw vaultFailure('failed', 'The keychain failed.', 'Try again.', cause);
  };
  return {
    get: (key) => store.get(key).catch(say),
    set: (key, value) => store.set(key, value).catch(say),
    delete: (key) => store.delete(key).catch(say),
  };
}

/** Sleeps no time, so that what is done a little later is done at once. */
class PromptClock extends ManualClock {
  override sleep(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the store of tokens', () => {
  let store: LimitedStore;
  let clock: ManualClock;
  let failures: Failure[];

  /** What a window builds when it opens. */
  function openWindow() {
    const vault = new SplitVault(worded(store));
    const index = new AccountIndex(vault);
    const onFailure = (failure: Failure) => void failures.push(failure);
    return {
      tokens: new TokenStore({ vault, index, clock, onFailure }),
      secrets: new SecretStore(vault, index),
    };
  }

  beforeEach(() => {
    store = new LimitedStore();
    clock = new PromptClock(now);
    failures = [];
  });

  describe('a token', () => {
    it('is there at once, and still there after the window was reloaded', async () => {
      const profile = machineProfile();
      const kept = tokens({
        id_token: 'i'.repeat(9000),
        refresh_token: 'r',
        scope: 'a b',
        extra: { x: [1] },
      });
      const window = openWindow();
      const written = window.tokens.set(profile, kept);
      assert.equal(window.tokens.peek(profile), kept);
      await written;
      assert.deepEqual(await openWindow().tokens.get(profile), kept);
    });

    it('is still there after that also when nobody knows its end', async () => {
      const profile = machineProfile();
      const { expires_at: _, ...endless } = tokens();
      await openWindow().tokens.set(profile, endless);
      assert.deepEqual(await openWindow().tokens.get(profile), endless);
    });

    it('that came or went while the keychain was asked is what counts', async () => {
      const profile = machineProfile();
      await openWindow().tokens.set(profile, tokens());
      const window = openWindow();
      const reading = window.tokens.reread(profile);
      const renewed = tokens({ access_token: 'access-2' });
      const written = window.tokens.set(profile, renewed);
      assert.equal(await reading, renewed);
      await written;
      const again = window.tokens.reread(profile);
      const deleted = window.tokens.delete(profile);
      assert.equal(await again, undefined);
      await deleted;
      assert.equal(window.tokens.peek(profile), undefined);
    });

    it('that came while the one before was written is kept in its place', async () => {
      const profile = machineProfile();
      const hooked = new HookedStore();
      const window = new TokenStore({
        ...{ vault: hooked, index: new AccountIndex(hooked), clock },
        onFailure: ({ message }) => assert.fail(message),
      });
      const renewed = tokens({ access_token: 'access-2' });
      let later: Promise<void> | undefined;
      hooked.before = ({ verb, key }) => {
        if (verb === 'set' && key === tokenKey(profile)) later ??= window.set(profile, renewed);
      };
      await window.set(profile, tokens());
      assert.equal(window.peek(profile), renewed);
      await later;
      assert.match(hooked.entries.get(tokenKey(profile)) ?? '', /access-2/);
    });

    it('that was deleted while it was written is not kept', async () => {
      const profile = machineProfile();
      const hooked = new HookedStore();
      const window = new TokenStore({
        ...{ vault: hooked, index: new AccountIndex(hooked), clock },
        onFailure: ({ message }) => assert.fail(message),
      });
      hooked.before = async ({ verb, key }) => {
        if (verb === 'set' && key === tokenKey(profile)) await window.delete(profile);
      };
      await window.set(profile, tokens());
      assert.equal(hooked.entries.has(tokenKey(profile)), false);
    });

    it('is told anew when any of it changed that shows, and only then', async () => {
      const profile = machineProfile();
      const window = openWindow();
      let heard = 0;
      window.tokens.changes.on(() => void heard++);
      const changes = [
        {},
        { refresh_token: 'r' },
        { refresh_token: 'r', expires_at: now + 1 },
        {},
        { access_token: 'access-2' },
      ];
      for (const [at, change] of changes.entries())
        for (let time = 0; time < 2; time++) {
          await window.tokens.set(profile, tokens(change));
          assert.equal(heard, at + 1);
        }
    });

    it('is not asked of the keychain for each paint', async () => {
      const [one, other] = [machineProfile(), userProfile()];
      await openWindow().tokens.set(one, tokens());
      const window = openWindow();
      await window.tokens.warm([one, other]);
      store.fail(() => false);
      for (let paint = 0; paint < 100; paint++) {
        assert.equal(window.tokens.peek(one)?.access_token, 'access-1');
        assert.equal(window.tokens.peek(other), undefined);
        await window.tokens.warm([one, other]);
      }
      assert.equal(store.calls, 0);
    });

    it('that another window renewed is found when ours has ended', async () => {
      const profile = machineProfile();
      const [ours, theirs] = [openWindow(), openWindow()];
      await ours.tokens.set(profile, tokens());
      clock.advance(3_600_000 - 30_000);
      await theirs.tokens.set(
        profile,
        tokens({ access_token: 'access-2', expires_at: clock.now() + 60_000 }),
      );
      assert.equal((await ours.tokens.get(profile))?.access_token, 'access-2');
    });

    it('that is good is taken from memory until 30 s before its end', async () => {
      const profile = machineProfile();
      const window = openWindow();
      await window.tokens.set(profile, tokens());
      store.fail(() => true);
      clock.advance(3_600_000 - 30_001);
      await window.tokens.get(profile);
      assert.equal(failures.length, 0);
      clock.advance(1);
      await window.tokens.get(profile);
      assert.equal(failures.length, 1);
    });

    it('tells who listens once when it comes and once when it goes', async () => {
      const profile = machineProfile();
      const window = openWindow();
      const heard: string[] = [];
      window.tokens.changes.on((id) => void heard.push(id));
      await window.tokens.warm([profile]);
      assert.deepEqual(heard, []);
      await window.tokens.set(profile, tokens());
      await window.tokens.reread(profile);
      assert.deepEqual(heard, ['machine']);
      await window.tokens.delete(profile);
      assert.deepEqual(heard, ['machine', 'machine']);
      assert.equal(await window.tokens.get(profile), undefined);
    });

    it('is written to the keychain a little later, once for several in quick succession', async () => {
      clock = new ManualClock(now);
      const profile = machineProfile();
      const callsFor = async (count: number) => {
        store = new LimitedStore();
        const window = openWindow();
        const names = Array.from({ length: count }, (_, n) => `access-${n}`);
        const written = names.map((name) => window.tokens.set(profile, tokens({ access_token: name })));
        assert.equal(window.tokens.peek(profile)?.access_token, names.at(-1));
        store.fail(() => false);
        clock.advance(250);
        await Promise.all(written);
        assert.equal((await openWindow().tokens.get(profile))?.access_token, names.at(-1));
        return store.calls;
      };
      assert.equal(await callsFor(5), await callsFor(1));
    });

    it('is in the keychain before the window closes', async () => {
      clock = new ManualClock(now);
      const profile = machineProfile();
      const window = openWindow();
      void window.tokens.set(profile, tokens());
      await window.tokens.flush();
      assert.equal((await openWindow().tokens.get(profile))?.access_token, 'access-1');
    });

    it('is asked for once by two callers at once, and not shared with another purpose', async () => {
      const profile = machineProfile();
      const window = openWindow();
      let runs = 0;
      const ask = (purpose: string) =>
        window.tokens.share(profile, purpose, new AbortController().signal, () => Promise.resolve(++runs));
      assert.deepEqual(await Promise.all([ask('client_credentials'), ask('client_credentials')]), [1, 1]);
      assert.deepEqual(await Promise.all([ask('client_credentials'), ask('refresh_token')]), [2, 3]);
    });
  });

  describe('a token of another set-up', () => {
    const base = userProfile({
      audience: 'api',
      resource: ['https://api.example.com'],
      tokenEndpoint: 'https://as.example.com/token',
      authorizationEndpoint: 'https://as.example.com/authorize',
      tokenParameters: { a: '1' },
      authorizationParameters: { b: '2' },
    });
    const others: [string, Profile][] = [
      ['profile', { ...base, id: 'other' }],
      ['issuer', { ...base, issuer: 'https://other.example.com' }],
      ['issuer path', { ...base, issuer: 'https://as.example.com/tenant' }],
      ['token endpoint', { ...base, tokenEndpoint: 'https://as.example.com/token2' }],
      ['authorization endpoint', { ...base, authorizationEndpoint: 'https://as.example.com/authorize2' }],
      ['client', { ...base, clientId: 'other' }],
      ['grant', machineProfile({ ...base, grant: 'client_credentials' })],
      ['scopes', { ...base, scopes: [...base.scopes, 'admin'] }],
      ['audience', { ...base, audience: 'other' }],
      ['resource', { ...base, resource: [] }],
      ['token parameter', { ...base, tokenParameters: { a: '2' } }],
      ['authorization parameter', { ...base, authorizationParameters: { b: '2', c: '3' } }],
      ['dialect', { ...base, tokenDialect: 'tokenidp' }],
    ];
    for (const [what, other] of others)
      it(`is not shown or used when the ${what} differs`, async () => {
        const window = openWindow();
        await window.tokens.set(base, tokens());
        assert.equal(window.tokens.peek(other), undefined);
        assert.equal(await window.tokens.get(other), undefined);
        assert.equal(await openWindow().tokens.get(other), undefined);
      });

    it('is not used even when it lies under our key', async () => {
      const window = openWindow();
      await window.tokens.set(base, tokens());
      const other = { ...base, scopes: ['admin'] };
      store.entries.set(tokenKey(other), store.entries.get(tokenKey(base)) ?? '');
      assert.equal(await openWindow().tokens.get(other), undefined);
    });

    it('is still this one when only a name, the way in or an order changed', async () => {
      const window = openWindow();
      await window.tokens.set(base, tokens());
      const same: Profile = {
        ...base,
        name: 'Renamed',
        redirectUri: 'http://localhost:1/x',
        clientAuthentication: 'client_secret_post',
        scopes: [...base.scopes].reverse(),
        renew: true,
      };
      assert.equal((await openWindow().tokens.get(same))?.access_token, 'access-1');
    });

    it('never has the same hash as ours, for any two that differ in a text', () => {
      const text = fc.string({ minLength: 1 });
      fc.assert(
        fc.property(text, text, fc.array(text), fc.array(text), (a, b, scopes, resource) => {
          const one = setupHash(userProfile({ clientId: a, audience: b, scopes, resource }));
          const two = setupHash(
            userProfile({ clientId: b, audience: a, scopes: resource, resource: scopes }),
          );
          const isSame = a === b && [...scopes].sort().join('\0') === [...resource].sort().join('\0');
          assert.equal(one === two, isSame);
        }),
      );
    });
  });

  describe('what lies in the keychain', () => {
    it('is no token when somebody else wrote it', async () => {
      const profile = machineProfile();
      const setup = setupHash(profile);
      for (const text of [
        'x',
        '[]',
        'null',
        '{}',
        JSON.stringify({ version: 1, setup, tokens: { ...tokens(), access_token: 5 } }),
        JSON.stringify({ version: 1, setup, tokens: { ...tokens(), expires_at: '1' } }),
        ...Object.entries({
          token_type: [5],
          received_at: ['1'],
          expires_at: ['1', 1e300],
          ...{ refresh_token: [5], id_token: [null], scope: [[]], extra: [5] },
          requested_scopes: ['a', ['a', 1], [1]],
        }).flatMap(([name, bad]) =>
          bad.map((one) => JSON.stringify({ version: 1, setup, tokens: { ...tokens(), [name]: one } })),
        ),
        JSON.stringify({ version: 1, setup, tokens: null }),
        JSON.stringify({ version: 1, setup, tokens: { ...tokens(), requested_scopes: [1] } }),
        JSON.stringify({ version: 2, setup, tokens: tokens() }),
      ]) {
        store.entries.set(tokenKey(profile), text);
        assert.equal(await openWindow().tokens.get(profile), undefined, text);
      }
    });

    it('is a secret under `<profile id>@<origin>`, as it was typed', async () => {
      const window = openWindow();
      await window.secrets.set(
        secretPlace(machineProfile({ issuer: 'https://as.example.com:8443/id' })),
        's3cret',
      );
      assert.equal(store.entries.get('machine@https://as.example.com:8443'), 's3cret');
    });

    it('has no secret for a profile whose origin was changed', async () => {
      const window = openWindow();
      await window.secrets.set(secretPlace(machineProfile()), 's3cret');
      assert.equal(
        await window.secrets.get(secretPlace(machineProfile({ issuer: 'https://evil.example' }))),
        undefined,
      );
      assert.equal(await window.secrets.get(secretPlace(machineProfile({ name: 'Renamed' }))), 's3cret');
    });

    it('takes the secret’s origin from the token endpoint when there is no issuer', () => {
      const profile = { ...machineProfile(), tokenEndpoint: 'https://idp.local:5001/token' };
      delete (profile as { issuer?: string }).issuer;
      assert.equal(secretKey(secretPlace(profile)), 'machine@https://idp.local:5001');
    });

    it('goes with the profile: secrets of every origin and tokens of every set-up', async () => {
      const stays = machineProfile({ id: 'machine2' });
      const first = openWindow();
      await first.secrets.set(secretPlace(stays), 'other');
      const before = new Map(store.entries);
      for (const issuer of ['https://as.example.com', 'https://old.example.com']) {
        const profile = machineProfile({ issuer });
        await first.secrets.set(secretPlace(profile), 's3cret');
        await first.tokens.set(profile, tokens({ access_token: 'x'.repeat(9000) }));
        await first.tokens.set({ ...profile, scopes: [] }, tokens());
      }
      const window = openWindow();
      await window.tokens.deleteProfile(machineProfile());
      assert.deepEqual(store.entries, before);
      assert.equal(await window.tokens.get(machineProfile()), undefined);
    });

    it('goes at once from memory, is told to who listens, and no other’s with it', async () => {
      const [mine, other] = [machineProfile(), machineProfile({ id: 'other' })];
      const hidden = machineProfile({ issuer: 'https://hidden.example.com' });
      const window = openWindow();
      const heard: string[] = [];
      const fill = async () => {
        for (const profile of [mine, other, hidden]) await window.tokens.set(profile, tokens());
      };
      await fill();
      window.tokens.changes.on((id) => void heard.push(id));
      const deleted = window.tokens.deleteProfile(mine, hidden);
      const shown = () => [mine, other, hidden].map((profile) => window.tokens.peek(profile) !== undefined);
      assert.deepEqual(shown(), [false, true, true]);
      await deleted;
      assert.deepEqual(heard, ['machine']);
      await fill();
      heard.length = 0;
      const swept = window.tokens.deleteLeftovers('machine');
      assert.deepEqual(shown(), [false, true, false]);
      await swept;
      assert.deepEqual(heard, ['machine']);
    });

    it('stays for the profile with the same id that the deleted one had hidden', async () => {
      const [hidden, hiding] = [
        machineProfile(),
        machineProfile({ issuer: 'https://workspace.example.com' }),
      ];
      const window = openWindow();
      for (const profile of [hidden, hiding]) {
        await window.secrets.set(secretPlace(profile), `secret of ${profile.issuer}`);
        await window.tokens.set(profile, tokens({ access_token: `access of ${profile.issuer}` }));
      }
      await window.tokens.deleteProfile(hiding, hidden);
      for (const one of [window, openWindow()]) {
        assert.equal(await one.secrets.get(secretPlace(hiding)), undefined);
        assert.equal(await one.tokens.get(hiding), undefined);
        assert.equal(await one.secrets.get(secretPlace(hidden)), `secret of ${hidden.issuer}`);
        assert.equal((await one.tokens.get(hidden))?.access_token, `access of ${hidden.issuer}`);
      }
      await openWindow().tokens.deleteProfile(hidden);
      assert.equal(store.entries.size, 0);
    });

    it('goes at the second try when the keychain failed in mid-deletion', async () => {
      const window = openWindow();
      await window.secrets.set(secretPlace(machineProfile()), 's3cret');
      await window.tokens.set(machineProfile(), tokens({ access_token: 'x'.repeat(9000) }));
      for (let at = 0; at < 10; at++) {
        store.fail((call) => call === at);
        await assert.rejects(window.tokens.deleteProfile(machineProfile()));
      }
      store.heal();
      await window.tokens.deleteProfile(machineProfile());
      assert.equal(store.entries.size, 0);
    });

    it('is not touched by a list of accounts that names another profile’s', async () => {
      const window = openWindow();
      await window.secrets.set(secretPlace(machineProfile({ id: 'other' })), 'theirs');
      store.entries.set('machine/accounts', '["other@https://as.example.com", 5]');
      await window.tokens.deleteProfile(machineProfile());
      assert.equal(store.entries.get('other@https://as.example.com'), 'theirs');
    });
  });

  describe('a keychain that fails', () => {
    it('in mid-write leaves the token in memory, says so once, and the old one readable', async () => {
      const profile = machineProfile();
      const window = openWindow();
      await window.tokens.set(profile, tokens());
      store.fail((call) => call >= 2);
      const renewed = tokens({ access_token: 'x'.repeat(9000) });
      await window.tokens.set(profile, renewed);
      assert.deepEqual(
        failures.map(({ kind, message }) => ({ kind, message })),
        [{ kind: 'vault', message: 'The keychain failed.' }],
      );
      store.heal();
      clock.advance(7_200_000);
      assert.equal(await window.tokens.get(profile), renewed);
      assert.equal((await openWindow().tokens.get(profile))?.access_token, 'access-1');
    });

    it('when read says so and lets the caller get a new token', async () => {
      const profile = machineProfile();
      await openWindow().tokens.set(profile, tokens());
      store.fail(() => true);
      assert.equal(await openWindow().tokens.get(profile), undefined);
      assert.equal(failures.length, 1);
    });

    it('is not asked again by every redraw, and complained about once for all profiles', async () => {
      const profiles = [machineProfile(), machineProfile({ id: 'other' }), userProfile()];
      await openWindow().tokens.set(machineProfile(), tokens());
      const window = openWindow();
      store.fail(() => true);
      for (let redraw = 0; redraw < 5; redraw++) await window.tokens.warm(profiles);
      assert.equal(store.calls, 3);
      assert.equal(failures.length, 1);
      // Whoever really needs the token asks again.
      assert.equal(await window.tokens.get(machineProfile()), undefined);
      assert.equal(store.calls, 4);
      store.heal();
      assert.equal((await window.tokens.get(machineProfile()))?.access_token, 'access-1');
      assert.equal(failures.length, 1);
    });

    it('that answered again and then fails again is complained about again', async () => {
      const window = openWindow();
      for (const expected of [1, 2]) {
        store.fail(() => true);
        await window.tokens.get(machineProfile());
        assert.equal(failures.length, expected);
        store.heal();
        await window.tokens.get(machineProfile());
      }
    });

    it('keeps a secret that could not be replaced', async () => {
      const window = openWindow();
      await window.secrets.set(secretPlace(machineProfile()), 'old');
      store.fail(() => true);
      await assert.rejects(window.secrets.set(secretPlace(machineProfile()), 'new'), /keychain failed/);
      store.heal();
      assert.equal(await window.secrets.get(secretPlace(machineProfile())), 'old');
    });

    it('does not bring a token back that was deleted while it was being kept', async () => {
      const profile = machineProfile();
      const window = openWindow();
      const written = window.tokens.set(profile, tokens());
      const deleted = window.tokens.deleteProfile(profile);
      await Promise.all([written, deleted]);
      assert.equal(window.tokens.peek(profile), undefined);
      assert.equal(await openWindow().tokens.get(profile), undefined);
    });
  });
});

it('a keychain that fails in another way says so, too', async () => {
  const codes = ['timeout', 'failed', 'failed', 'timeout'] as const;
  let call = 0;
  const failing = () => Promise.reject(vaultFailure(codes[call++] ?? 'failed', 'It failed.', 'Try again.'));
  const vault: Vault = { get: failing, set: failing, delete: failing };
  const heard: unknown[] = [];
  const store = new TokenStore({
    ...{ vault, index: new AccountIndex(vault), clock: new PromptClock(now) },
    onFailure: (failure) => heard.push('code' in failure && failure.code),
  });
  for (const id of ['a', 'b', 'c', 'd']) await store.reread(machineProfile({ id }));
  assert.deepEqual(heard, ['timeout', 'failed']);
});

it('a failure of the vault has its cause where there is one', () => {
  const cause = new Error('the cause');
  assert.equal(vaultFailure('failed', 'It failed.', 'Try again.', cause).cause, cause);
  assert.equal('cause' in vaultFailure('failed', 'It failed.', 'Try again.'), false);
});

describe('a vault that breaks its word', () => {
  it('never makes `set` or `reread` reject: the failure is told once', async () => {
    const heard: Failure[] = [];
    const broken = () => Promise.reject(new TypeError('not a failure of a vault'));
    const vault: Vault = { get: broken, set: broken, delete: broken };
    const store = new TokenStore({
      vault,
      index: new AccountIndex(vault),
      clock: new PromptClock(now),
      onFailure: (failure) => heard.push(failure),
    });
    const profile = machineProfile();
    assert.equal(await store.reread(profile), undefined);
    await store.set(profile, tokens());
    assert.equal(store.peek(profile)?.access_token, 'access-1');
    assert.deepEqual(
      heard.map(({ kind }) => kind),
      ['vault'],
    );
  });
});
