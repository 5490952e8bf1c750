import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { redactExchange } from '../../../src/core/http/redact.ts';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { replaceSecrets } from '../../../src/core/http/replaceSecrets.ts';
import { exchange } from '../flowView/samples.ts';

const secret = 'q7Rk2vXb9LmN4pTs';
const [gzip, zlib] = [(text: string) => gzipSync(text), (text: string) => deflateSync(text)];
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const words = 'The quick brown fox jumps over the lazy dog. '.repeat(3);

/** What packs a text, and where that is met. */
const packings: Readonly<Record<string, (text: string) => string>> = {
  // https://cloudinit.readthedocs.io/en/latest/reference/modules.html: `encoding: gz+b64`
  'user data of cloud-init': (text) => `write_files:\n- encoding: gz+b64\n  content: ${b64(gzip(text))}\n`,
  // https://helm.sh/docs/topics/kubernetes_apis/: base64 of base64 of gzip
  'a release of Helm': (text) => JSON.stringify({ data: { release: b64(b64(gzip(text))) } }),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
  'a subscription to CloudWatch': (text) => JSON.stringify({ awslogs: { data: b64(gzip(text)) } }),
  // https://itsdangerous.palletsprojects.com/en/stable/url_safe/, as Flask and Django sign what is long
  'a signed session of Flask': (text) => `{"cart":".${url(zlib(text))}.ZxY12w.Qm9vIGhvbw"}`,
  'a log line': (text) => `2024-05-01 INFO state=${url(gzip(text))} sent`,
  'what was cut off': (text) => b64(gzip(text + words)).slice(0, -12),
};

describe('what is written in base64', () => {
  const shown = (text: string) => redactBody(`x ${text} y`, true);
  const nested = (text: string, times: number): string => (times === 0 ? text : nested(b64(text), times - 1));

  it('is masked whole, with its signs, when it has a secret place, whatever it begins with', () => {
    for (const text of [
      `{"a":">>>???>>>???","password":"${secret}"}`,
      `{"a":"i>>>?","password":"${secret}"}`,
      // Begins as hexadecimal digits do: c3By.
      `spring.datasource.password=${secret}`,
    ])
      assert.match(shown(b64(text)), /^x ….{6} y$/, text);
  });

  it('is masked up to four times over', () => {
    const text = JSON.stringify({ password: secret });
    for (const times of [1, 2, 3, 4]) assert.match(shown(nested(text, times)), /^x ….{6} y$/, String(times));
    assert.equal(shown(nested(text, 5)), `x ${nested(text, 5)} y`);
  });
});

describe('what was compressed, then written in base64,', () => {
  for (const [where, packed] of Object.entries(packings)) {
    it(`is masked in ${where} when something in it has the name of a secret`, () => {
      const text = packed(`${words}{"client_secret":"${secret}","a":1}`);
      assert.notEqual(redactBody(text, true), text);
    });
    it(`is masked in ${where} when a known secret is in it`, () => {
      const text = packed(`${words}so ${secret} it is`);
      const shown = redactBody(text, true, undefined, (body) => replaceSecrets(body, [secret]));
      assert.notEqual(shown, text);
    });
    it(`stays in ${where} when nothing in it is secret`, () => {
      const text = packed(`${words}{"client_name":"${secret}","a":1}`);
      assert.equal(redactBody(text, true), text);
    });
  }

  it('is masked in the headers, the address and the body of an exchange', () => {
    const state = url(gzip(`${words}so ${secret} it is`));
    const shown = redactExchange(
      exchange({
        ...{ id: 1, purpose: 'api', leg: 'extension' },
        request: {
          method: 'POST',
          url: `https://a.example/?state=${state}`,
          headers: [['X-State', state]],
          body: state,
        },
      }),
      [secret],
    );
    assert.equal(JSON.stringify(shown).includes(state.slice(10, 60)), false, JSON.stringify(shown));
  });

  it('is masked unread when it is larger than can be read, or cannot be read', () => {
    const bomb = b64(gzipSync(Buffer.alloc(64 * 1024 * 1024, 97)));
    assert.notEqual(redactBody(bomb, true), bomb);
    const damaged = gzip(words + secret.repeat(20));
    damaged.fill(0, 20, 40);
    assert.notEqual(redactBody(b64(damaged), true), b64(damaged));
    const many = Array.from({ length: 2000 }, () => b64(gzip(words))).join('\n');
    const shown = redactBody(many, true).split('\n');
    assert.equal(shown.at(0), many.split('\n').at(0));
    assert.notEqual(shown.at(-1), many.split('\n').at(-1));
  });

  it('is left alone when it only begins like it', () => {
    for (const text of [
      'eJwFXCzPqGb3Hk2Vn8Rt5Ys7Dm4La1Wc6Qe9Uo0Ip',
      'eNpXq3sTz8Lk2Vn8Rt5Ys7Dm4La1Wc6Qe9Uo0IpZ',
    ])
      assert.equal(redactBody(text, true), text);
  });

  it('is not looked into where nobody writes it so: deflate without a head, Brotli', () => {
    for (const bytes of [deflateRawSync(words + secret), brotliCompressSync(words + secret)])
      assert.equal(replaceSecrets(b64(bytes), [secret]), b64(bytes));
  });
});
