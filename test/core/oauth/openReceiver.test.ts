import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { newRedirectCertificate } from '../../../src/core/authentication/newCertificate.ts';
import { splitIdentity } from '../../../src/core/http/tlsIdentity.ts';
import { AddressReceiver } from '../../../src/core/oauth/addressReceiver.ts';
import { openReceiver, redirectIdentity, shownAt } from '../../../src/core/oauth/openReceiver.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { freePort } from '../../../src/demo/listen.ts';

const state = 'the-state';
const options = (redirectUri: string, formPost = false) => ({
  ...{ redirectUri, state, formPost, trace: new Trace(), clock: systemClock },
});
const failure = (kind: 'secret_missing' | 'cancelled') =>
  new FailureError({ kind, step: 'secret', message: 'm', advice: 'a' });

describe('who waits for a redirect', () => {
  it('is the user who pastes, or the editor that is handed it, where this machine does not listen', () => {
    for (const [uri, pasted] of [
      ['https://app.example.com/cb', true],
      ['com.example.app:/cb', true],
      ['vscode://oauth-explorer.oauth-explorer/cb', false],
    ] as const)
      assert.equal(new AddressReceiver(options(uri)).pasted, pasted, uri);
  });

  it('takes one address, and after its end none', async () => {
    const uri = 'https://app.example.com/cb';
    const receiver = new AddressReceiver(options(uri));
    assert.equal(receiver.offer('https://as.example.com/a'), 'https://as.example.com/a');
    receiver.whenUnmatched();
    assert.equal((await receiver.submit(`${uri}?code=c&state=other`)).accepted, false);
    assert.deepEqual(await receiver.submit(`${uri}?code=c&state=${state}`), { accepted: true });
    const received = await receiver.received;
    assert.equal(received.kind, 'redirect');
    const again = { accepted: false, reason: 'The redirect of this sign-in has already come.' };
    assert.deepEqual(await receiver.submit(`${uri}?code=c&state=${state}`), again);
    await receiver.finish();
    await receiver.close();
    const late = { accepted: false, reason: 'This sign-in has ended. Get the token again.' };
    assert.deepEqual(await receiver.submit(`${uri}?code=c&state=${state}`), late);
  });

  it('cannot take what is posted elsewhere, whose address is shown cut', () => {
    const long = `https://app.example.com/${'a'.repeat(500)}`;
    assert.throws(
      () => new AddressReceiver(options(long, true)),
      (thrown: unknown) => {
        assert.ok(thrown instanceof FailureError && thrown.failure.kind === 'invalid_profile');
        const { message, problems, step } = thrown.failure;
        assert.deepEqual([problems, step], [[message], 'listen']);
        return message.includes(long.slice(0, 200)) && !message.includes(long.slice(0, 201));
      },
    );
  });

  it('is the user, too, where another program has the port of an https redirect URI', async (context) => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    context.after(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const keeper = { clock: systemClock };
    const uri = `https://127.0.0.1:${port}/cb`;
    assert.ok((await openReceiver(options(uri), keeper)) instanceof AddressReceiver);
    assert.ok((await openReceiver(options('com.example:/cb'), keeper)) instanceof AddressReceiver);
    for (const busy of [options(uri, true), options(uri.replace('https', 'http'))])
      await assert.rejects(
        openReceiver(busy, keeper),
        (thrown: unknown) => thrown instanceof FailureError && thrown.failure.kind === 'port_busy',
      );
    const free = await openReceiver(options('http://127.0.0.1/cb'), keeper);
    assert.ok(!(free instanceof AddressReceiver));
    await free.close();
  });

  it('is nobody where the certificate of the listener cannot be had: that is told as it is', async () => {
    const redirectUri = `https://127.0.0.1:${await freePort()}/cb`;
    for (const reason of [new Error('no keychain'), failure('secret_missing'), failure('cancelled')]) {
      const made = () => Promise.reject(reason);
      await assert.rejects(openReceiver(options(redirectUri), { made, clock: systemClock }), reason);
    }
  });
});

describe('the certificate of a redirect URI', () => {
  const now = Date.parse('2026-05-01');
  const clock = { now: () => now };

  it('is made where nobody keeps one, and shown over https only', async () => {
    const { certificate, key } = await redirectIdentity({ clock });
    assert.match(`${certificate}${key}`, /BEGIN CERTIFICATE.*BEGIN PRIVATE KEY/s);
    const [http, https] = [{ scheme: 'http' } as const, { scheme: 'https' } as const].map((scheme) => ({
      ...{ host: '127.0.0.1', path: '/', addresses: [], at: () => '' },
      ...scheme,
    }));
    assert.ok(http && https);
    assert.deepEqual(await shownAt(http, { clock }), {});
    assert.ok((await shownAt(https, { clock })).identity?.key);
  });

  it('is the one that is kept, as long as it is good', async () => {
    const kept = newRedirectCertificate(now - 86_400_000);
    const verdicts: boolean[] = [];
    const shown = await redirectIdentity({
      made(what, _make, isGood) {
        assert.equal(what, 'redirect_certificate');
        for (const text of [kept, newRedirectCertificate(now - 800 * 86_400_000), 'no certificate'])
          verdicts.push(isGood?.(text) ?? true);
        return Promise.resolve(kept);
      },
      clock,
    });
    assert.deepEqual(verdicts, [true, false, false]);
    assert.deepEqual(shown, splitIdentity(kept));
  });
});
