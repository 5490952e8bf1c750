import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withUrlCredentials } from '../../../src/core/api/urlCredentials.ts';

const basic = (pair: string) => Buffer.from(pair).toString('base64');

describe('the name and password of a URL', () => {
  const headers = [['Accept', '*/*']] as const;

  it('go in a header, and are secret', () => {
    // RFC 7617 section 2 has Aladdin.
    for (const [url, pair, ...password] of [
      ['https://Aladdin:open%20sesame@a.example/x?y#z', 'Aladdin:open sesame', 'open sesame'],
      ['https://:hunter2@a.example/x?y#z', ':hunter2', 'hunter2'],
      ['https://ann@a.example/x?y#z', 'ann:'],
    ] as const)
      assert.deepEqual(withUrlCredentials({ url, headers, secrets: ['another'] }), {
        url: 'https://a.example/x?y#z',
        headers: [...headers, ['Authorization', `Basic ${basic(pair)}`]],
        secrets: ['another', basic(pair), ...password],
      });
  });

  it('give way to a header that is there', () => {
    const own = [['authorization', 'Bearer abc']] as const;
    assert.deepEqual(withUrlCredentials({ url: 'https://a:b@a.example/', headers: own }), {
      url: 'https://a.example/',
      headers: own,
      secrets: [basic('a:b'), 'b'],
    });
  });

  it('are none in most URLs, nor in what is none', () => {
    for (const url of ['https://a.example/@b:c', 'a:b@c', ''])
      assert.deepEqual(withUrlCredentials({ url, headers }), {}, url);
  });
});
