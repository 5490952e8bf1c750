import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '../../../src/adapters/clock.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { fetchKeys } from '../../../src/core/token/fetchKeys.ts';

const issuer = 'https://id.example.com';

/** The keys of a server whose metadata has this `jwks_uri`, and where it was asked. */
async function keysFrom(jwks_uri: unknown) {
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    const body = url.includes('.well-known') ? { issuer, jwks_uri } : { keys: [] };
    return Promise.resolve(Response.json(body));
  };
  const ports = { fetch, clock: systemClock, metadata: new MetadataCache(), timeout: 60_000 };
  const keys = await fetchKeys(issuer, ports, new AbortController().signal);
  return { keys, asked: asked.filter((url) => !url.includes('.well-known')) };
}

it('the keys of a server elsewhere are not asked for on this computer or its network', async () => {
  for (const home of [
    ...['https://127.0.0.1:9200/keys', 'http://localhost:9200/keys', 'https://app.localhost/keys'],
    ...['https://[::1]/keys', 'https://192.168.0.1/keys', 'https://10.1.2.3/keys', 'https://0x7f.1/keys'],
    ...['https://[::ffff:127.0.0.1]/keys', 'https://169.254.169.254/latest'],
  ]) {
    const { keys, asked } = await keysFrom(home);
    assert.deepEqual(asked, [], home);
    assert.ok(keys.kind === 'none' && keys.why === 'fetch_failed', home);
    assert.match(keys.detail ?? '', /points to this computer or its network/);
  }
  assert.deepEqual((await keysFrom(`${issuer}/keys`)).asked, [`${issuer}/keys`]);
});

it('a server without keys, or an issuer that nobody knows, has none', async () => {
  const { keys } = await keysFrom(undefined);
  assert.deepEqual(keys, { kind: 'none', why: 'no_jwks_uri' });
  const ports = {
    fetch: () => assert.fail(),
    clock: systemClock,
    metadata: new MetadataCache(),
    timeout: 1,
  };
  assert.deepEqual(await fetchKeys(undefined, ports, new AbortController().signal), {
    kind: 'none',
    why: 'no_issuer',
  });
});
