import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { TokenInput } from '../../../src/core/token/reading.ts';
import { TokenController } from '../../../src/core/token/tokenController.ts';
import type { TokenViewIntent, TokenViewModel } from '../../../src/shared/views/tokenView.ts';
import { ManualClock } from '../../support/clock.ts';
import { machineProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22, 10);

/** An authorization server that only publishes metadata and keys; `path` says what is wrong with it. */
class KeyServer {
  readonly hits: string[] = [];
  readonly #server: Server;
  #keys: unknown[] = [];
  #privateKey: CryptoKey | undefined;

  constructor() {
    this.#server = createServer((request, response) => {
      const { url = '' } = request;
      this.hits.push(url);
      const [, kind = ''] = url.split('/');
      if (url.endsWith('/jwks')) {
        if (kind === 'broken') response.writeHead(500).end('<h1>Oops</h1>');
        else if (kind === 'html') response.end('<h1>keys</h1>');
        else response.end(JSON.stringify({ keys: kind === 'rotated' ? [] : this.#keys }));
      } else if (url.endsWith('/.well-known/openid-configuration')) {
        const issuer = `${this.origin}/${kind}`;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ issuer, ...(kind !== 'keyless' && { jwks_uri: `${issuer}/jwks` }) }));
      } else response.writeHead(404).end();
    });
  }

  async start(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.#privateKey = privateKey;
    this.#keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }];
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  issuer(kind: string): string {
    return `${this.origin}/${kind}`;
  }

  token(claims: Record<string, unknown>, header = {}): Promise<string> {
    assert.ok(this.#privateKey);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
      .sign(this.#privateKey);
  }
}

/** A controller with what it drew, copied and ran. */
function control() {
  const clock = new ManualClock(now);
  const drawn: TokenViewModel[] = [];
  const copied: string[] = [];
  const ran: string[] = [];
  const waiting: (() => void)[] = [];
  const controller = new TokenController({
    clock,
    keys: () => ({ fetch, clock, metadata: new MetadataCache(), timeout: 30_000 }),
    draw: (model) => {
      drawn.push(model);
      for (const wake of waiting.splice(0)) wake();
    },
    open: (name, text) => {
      copied.push(`${name}: ${text}`);
      return Promise.resolve();
    },
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    run: (action) => {
      ran.push(action);
      return Promise.resolve();
    },
  });
  /** The first drawn model from now on (or the last one) that fits. */
  const until = async (fits: (model: TokenViewModel) => boolean): Promise<TokenViewModel> => {
    for (;;) {
      const model = drawn.at(-1);
      if (model && fits(model)) return model;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const settled = async () =>
    (await until(({ tokens }) => tokens.every(({ signature }) => signature.state !== 'checking'))).tokens[0]
      ?.signature;
  return { controller, clock, drawn, copied, ran, until, settled };
}

function input(access_token: string, profile: Profile): TokenInput {
  const tokens = {
    access_token,
    token_type: 'Bearer',
    refresh_token: 'refresh-SECRET-999999',
    received_at: now,
    requested_scopes: [],
    extra: { instance_url: 'https://acme.example.com', nested: { client_secret: 'SHUSH-123456' } },
  };
  return { kind: 'profile', profile, tokens };
}

describe('an open token view', () => {
  const server = new KeyServer();
  before(() => server.start());
  after(() => server.stop());

  it('draws at once, checks the signature with the profile’s issuer, and draws again', async () => {
    const { controller, drawn, settled } = control();
    const issuer = server.issuer('good');
    controller.read(input(await server.token({ iss: issuer }), machineProfile({ issuer })));
    assert.equal(drawn[0]?.tokens[0]?.signature.state, 'checking');
    const signature = await settled();
    assert.equal(signature?.title, 'Signature valid');
    assert.match(signature.detail, /“k1”.*\/good\/jwks/);
    controller.dispose();
  });

  it('begins a turn later, so that its tab is asked for first; what is read or closed by then stays so', async () => {
    const older = input(await server.token({ jti: 'older' }), machineProfile());
    const newer = input(await server.token({ jti: 'newer' }), machineProfile());
    const ids = (drawn: readonly TokenViewModel[]) =>
      new Set(drawn.map(({ tokens }) => tokens[0]?.payload?.rows.find(({ name }) => name === 'jti')?.value));
    const begun = control();
    const beginning = begun.controller.begin(older);
    assert.deepEqual(begun.drawn, []);
    begun.clock.advance(0);
    await beginning;
    assert.deepEqual([...ids(begun.drawn)], ['older']);
    const overtaken = control();
    const late = overtaken.controller.begin(older);
    overtaken.controller.read(newer);
    overtaken.clock.advance(0);
    await late;
    assert.deepEqual([...ids(overtaken.drawn)], ['newer']);
    const closed = control();
    const never = closed.controller.begin(older);
    closed.controller.dispose();
    closed.clock.advance(0);
    await never;
    assert.deepEqual(closed.drawn, []);
    for (const { controller } of [begun, overtaken]) controller.dispose();
  });

  it('says why a signature could not be checked', async () => {
    const cases: Readonly<Record<string, RegExp>> = {
      keyless: /names no keys \(jwks_uri\)/,
      broken: /jwks answered with status 500/,
      html: /holds no public key/,
      rotated: /holds no public key/,
    };
    for (const [kind, said] of Object.entries(cases)) {
      const { controller, settled } = control();
      const issuer = server.issuer(kind);
      controller.read(input(await server.token({ iss: issuer }), machineProfile({ issuer })));
      const signature = await settled();
      assert.equal(signature?.title, 'Signature not checked', kind);
      assert.match(signature.detail, said);
      controller.dispose();
    }
  });

  it('finds a token of another key invalid or its key missing', async () => {
    const { controller, settled } = control();
    const issuer = server.issuer('good');
    controller.read(input(await server.token({ iss: issuer }, { kid: 'gone' }), machineProfile({ issuer })));
    assert.equal((await settled())?.title, 'Key not found');
    const [header = '', payload = ''] = (await server.token({ iss: issuer })).split('.');
    controller.read(input(`${header}.${payload}.${'A'.repeat(86)}`, machineProfile({ issuer })));
    assert.equal((await settled())?.title, 'Signature invalid');
    controller.dispose();
  });

  it('never fetches anything for a pasted token until it is told to', async () => {
    const { controller, settled } = control();
    const iss = server.issuer('good');
    const text = await server.token({ iss }, { jku: `${server.origin}/evil/jwks` });
    const before = server.hits.length;
    controller.read({ kind: 'text', text, from: 'the clipboard' });
    assert.equal((await settled())?.state, 'can_check');
    assert.equal(server.hits.length, before);
    await controller.handle({ type: 'checkSignature', slot: 'access' });
    assert.equal((await settled())?.state, 'valid');
    assert.ok(server.hits.slice(before).every((hit) => !hit.includes('evil')));
    controller.dispose();
  });

  it('does not offer to ask an issuer over plain http or of another kind', async () => {
    for (const iss of [
      'http://as.example.com',
      'ftp://x',
      'javascript:alert(1)',
      'joe',
      7,
      `https://user:pw@example.com`,
    ]) {
      const { controller, settled } = control();
      controller.read({ kind: 'text', text: await server.token({ iss }), from: 'typed input' });
      assert.equal((await settled())?.state, 'not_checked', String(iss));
      controller.dispose();
    }
  });

  it('asks the issuer of the token when the profile only has a token endpoint of the same origin', async () => {
    const { controller, settled } = control();
    const { issuer, ...endpointOnly } = machineProfile({ tokenEndpoint: `${server.origin}/token` });
    assert.ok(issuer);
    controller.read(input(await server.token({ iss: server.issuer('good') }), endpointOnly));
    assert.equal((await settled())?.state, 'valid');
    controller.dispose();
  });

  it('says that the token has expired at the moment it does', async () => {
    const { controller, clock, drawn, until } = control();
    controller.read({
      kind: 'text',
      text: await server.token({ iss: 'joe', exp: now / 1000 + 60, iat: now / 1000 }),
      from: 'x',
    });
    const expired = (model: TokenViewModel) =>
      model.tokens[0]?.findings.some(({ code }) => code === 'expired') === true;
    assert.equal(drawn.some(expired), false);
    clock.advance(61_000);
    await until(expired);
    controller.dispose();
  });

  it('copies what is asked for, whole, and never a secret', async () => {
    const { controller, copied } = control();
    const issuer = server.issuer('good');
    const long = 'x'.repeat(50_000);
    const token = await server.token({ iss: issuer, long, list: ['a', 'b'] });
    controller.read(input(token, machineProfile({ issuer })));
    const intents: readonly TokenViewIntent[] = [
      { type: 'copyToken', slot: 'access' },
      { type: 'copyClaim', slot: 'access', part: 'payload', name: 'long' },
      { type: 'copyClaim', slot: 'access', part: 'payload', name: 'list' },
      { type: 'copyClaim', slot: 'access', part: 'header', name: 'alg' },
      { type: 'copyPart', slot: 'access', part: 'header' },
      { type: 'copyMember', name: 'instance_url' },
      // Nothing of that name, or no such token: nothing is copied.
      { type: 'copyMember', name: 'refresh_token' },
      { type: 'copyClaim', slot: 'access', part: 'payload', name: 'toString' },
      { type: 'copyToken', slot: 'id' },
      { type: 'copyResponse' },
      { type: 'copyMember', name: 'nested' },
    ];
    for (const intent of intents) await controller.handle(intent);
    assert.deepEqual(copied.slice(0, 6), [
      token,
      long,
      '["a", "b"]',
      'ES256',
      '{\n  "alg": "ES256",\n  "kid": "k1"\n}',
      'https://acme.example.com',
    ]);
    assert.equal(copied.length, 8);
    for (const text of copied.slice(6)) assert.doesNotMatch(text, /refresh-SECRET|SHUSH/);
    controller.dispose();
  });

  it('shows the tab that is asked for and runs the actions of the profile', async () => {
    const { controller, drawn, ran } = control();
    controller.read(input('opaque', machineProfile()));
    await controller.handle({ type: 'tab', tab: 'response' });
    assert.equal(drawn.at(-1)?.tab, 'response');
    await controller.handle({ type: 'run', action: 'getToken' });
    assert.deepEqual(ran, ['getToken']);
    controller.dispose();
  });

  it('draws nothing more once it is closed', async () => {
    const { controller, clock, drawn } = control();
    const issuer = server.issuer('good');
    controller.read(
      input(await server.token({ iss: issuer, exp: now / 1000 + 60 }), machineProfile({ issuer })),
    );
    controller.dispose();
    const before = drawn.length;
    clock.advance(120_000);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(drawn.length, before);
  });
});
