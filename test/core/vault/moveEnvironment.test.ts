import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { secretPlace } from '../../../src/core/profile/profile.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { TokenStore } from '../../../src/core/vault/tokenStore.ts';
import { bindingKey, movedAccount, secretKey, tokenKey } from '../../../src/core/vault/vaultKeys.ts';
import { ManualClock } from '../../support/clock.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { machineProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22);
const tokens: TokenSet = {
  ...{ access_token: 'access-1', token_type: 'Bearer', received_at: now, expires_at: now + 3_600_000 },
  ...{ requested_scopes: ['orders.read'], extra: {} },
};
const inDev = machineProfile({ environment: 'dev' });
const inStage = machineProfile({ environment: 'stage' });
const inProd = machineProfile({ environment: 'prod' });

/** Sleeps no time. */
class PromptClock extends ManualClock {
  override sleep(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a window builds on a store when it opens. */
function openWindow(vault: LimitedStore) {
  const index = new AccountIndex(vault);
  const onFailure = ({ message }: { readonly message: string }) => assert.fail(message);
  return {
    tokens: new TokenStore({ vault, index, clock: new PromptClock(now), onFailure }),
    secrets: new SecretStore(vault, index),
  };
}

/** A store with a secret and a token in `dev`, and a secret in `prod`. */
async function filled(): Promise<LimitedStore> {
  const store = new LimitedStore(10_000);
  const window = openWindow(store);
  await window.secrets.set(secretPlace(inDev), 'of dev');
  await window.secrets.set(secretPlace(inProd), 'of prod');
  await window.tokens.set(inDev, tokens);
  return store;
}

describe('an environment that was renamed', () => {
  it('has the secrets and tokens of the old one, which keeps nothing; no other is touched', async () => {
    const store = await filled();
    const window = openWindow(store);
    assert.equal(await window.tokens.get(inStage), undefined);
    assert.equal(await window.tokens.keepsIn(inDev.id, 'DEV'), true);
    assert.equal(await window.tokens.keepsIn(inDev.id, 'stage'), false);
    await window.tokens.moveEnvironment(inStage, 'dev');
    assert.equal(window.tokens.peek(inStage)?.access_token, 'access-1');
    assert.equal(await window.secrets.get(secretPlace(inStage)), 'of dev');
    assert.equal(await window.secrets.get(secretPlace(inProd)), 'of prod');
    assert.equal(await window.tokens.keepsIn(inDev.id, 'dev'), false);
    await window.tokens.deleteProfile(inStage);
    assert.deepEqual([...store.entries.keys()], [], 'all of it is listed, so that it goes with the profile');
  });

  it('has nothing of what is listed and no longer kept', async () => {
    const store = await filled();
    const window = openWindow(store);
    await window.tokens.delete(inDev);
    await window.tokens.moveEnvironment(inStage, 'dev');
    assert.equal(await window.tokens.get(inStage), undefined);
    assert.equal(await window.secrets.get(secretPlace(inStage)), 'of dev');
  });

  it('keeps what was entered in it since, and loses nothing of the old', async () => {
    const store = await filled();
    const window = openWindow(store);
    await window.secrets.set(secretPlace(inStage), 'newer');
    await window.tokens.moveEnvironment(inStage, 'dev');
    assert.equal(await window.secrets.get(secretPlace(inStage)), 'newer');
    assert.equal(await window.secrets.get(secretPlace(inDev)), 'of dev');
    assert.equal(window.tokens.peek(inStage)?.access_token, 'access-1');
  });

  it('has lost nothing whichever access to the keychain fails, and moving again completes it', async () => {
    for (const mode of ['before', 'after'] as const)
      for (let at = 0; at < 30; at++) {
        const store = await filled();
        store.fail((call) => call === at, mode);
        await openWindow(store)
          .tokens.moveEnvironment(inStage, 'dev')
          .catch(() => undefined);
        store.heal();
        const window = openWindow(store);
        await window.tokens.moveEnvironment(inStage, 'dev');
        assert.equal(await window.secrets.get(secretPlace(inStage)), 'of dev', `${mode} ${at}`);
        assert.equal((await window.tokens.get(inStage))?.access_token, 'access-1', `${mode} ${at}`);
      }
  });
});

describe('an account', () => {
  it('names the profile, its origin, its environment and what it holds', () => {
    const place = { id: 'orders', origin: 'https://as.example' };
    assert.equal(secretKey(place), 'orders@https://as.example');
    assert.equal(
      secretKey({ ...place, what: 'key', environment: 'Dev/1' }),
      'orders@https://as.example/in/dev%2F1/key',
    );
  });
});

describe('an account in an environment', () => {
  const at = { id: 'orders', origin: 'https://in.example.com', environment: 'Dev' };
  it('is that of the same secret or token in the one it is called now', () => {
    const to = 'Stage 1/ä';
    for (const what of [{}, { what: 'key' }])
      for (const account of [secretKey, bindingKey])
        assert.equal(
          movedAccount(account({ ...at, ...what }), 'dEV', to),
          account({ ...at, ...what, environment: to }),
        );
    assert.equal(movedAccount(tokenKey(inDev), 'dev', 'stage'), tokenKey(inStage));
  });

  it('is no account of another environment, of none, or of a host called like a path', () => {
    for (const environment of ['dev2', 'de', 'prod'])
      assert.equal(movedAccount(secretKey({ ...at, environment }), 'dev', 'stage'), undefined);
    assert.equal(movedAccount(secretKey({ id: 'orders', origin: 'https://in' }), 'dev', 'stage'), undefined);
    const inside = secretKey({ ...at, origin: 'https://in' });
    assert.equal(movedAccount(inside, 'dev', 'stage'), 'orders@https://in/in/stage');
    for (const strange of ['', 'orders/accounts', 'orders@', 'x://', 'orders@h/in/dev'])
      assert.equal(movedAccount(strange, 'dev', 'stage'), undefined);
  });
});
