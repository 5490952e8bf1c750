import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxyFor } from '../../../src/core/http/proxyFor.ts';

const to = (url: string, environment: Readonly<Record<string, string>>) =>
  proxyFor(new URL(url), environment);

describe('the proxy that variables name', () => {
  it('is that of the scheme, in small letters first, else that of all', () => {
    const all = { ALL_PROXY: 'http://all:1' };
    assert.equal(to('https://as.example.com/', all), 'http://all:1');
    assert.equal(to('https://as.example.com/', { ...all, HTTPS_PROXY: 'http://big:1' }), 'http://big:1');
    const both = { https_proxy: 'http://small:1', HTTPS_PROXY: 'http://big:1' };
    assert.equal(to('https://as.example.com/', both), 'http://small:1');
    assert.equal(to('http://as.example.com/', both), undefined);
    assert.equal(to('http://as.example.com/', { HTTP_PROXY: 'http://big:1' }), 'http://big:1');
    assert.equal(to('https://as.example.com/', { HTTPS_PROXY: ' ' }), undefined);
    assert.equal(to('https://as.example.com/', {}), undefined);
  });

  it('is not that of HTTP_PROXY where a request may have set it', () => {
    const environment = { REQUEST_METHOD: 'GET', HTTP_PROXY: 'http://evil:1' };
    assert.equal(to('http://as.example.com/', environment), undefined);
    const others = { REQUEST_METHOD: 'GET', HTTPS_PROXY: ' http://proxy:1 ', ALL_PROXY: 'http://all:1' };
    assert.equal(to('https://as.example.com/', others), 'http://proxy:1', 'no header makes that one');
    assert.equal(to('http://as.example.com/', others), 'http://all:1');
  });

  it('is none for this machine', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]'])
      assert.equal(to(`https://${host}:8443/`, { HTTPS_PROXY: 'http://proxy:1' }), undefined, host);
  });

  const cases: readonly (readonly [noProxy: string, url: string, direct: boolean])[] = [
    ['*', 'https://as.example.com', true],
    ['as.example.com', 'https://as.example.com', true],
    ['as.example.com', 'https://AS.example.com', true],
    ['AS.EXAMPLE.COM', 'https://as.example.com', true],
    ['example.com', 'https://as.example.com', true],
    ['.example.com', 'https://as.example.com', true],
    ['*.example.com', 'https://as.example.com', true],
    ['a.test, example.com b.test', 'https://as.example.com', true],
    ['example.com:443', 'https://as.example.com', true],
    ['example.com:8443', 'https://as.example.com', false],
    ['example.com:8443', 'https://as.example.com:8443', true],
    ['ample.com', 'https://as.example.com', false],
    ['as.example.com.evil', 'https://as.example.com', false],
    [',, ,', 'https://as.example.com', false],
    ['.', 'https://as.example.com', false],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['2.3', 'https://10.1.2.3', false],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.2.0.0/16', 'https://10.1.2.3', false],
    ['0.0.0.0/0', 'https://10.1.2.3', true],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.1.0.0/16', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://10.100.200.30', true],
    ['10.1.2.3/32', 'https://10.1.2.3', true],
    ['10.1.2.3/99', 'https://10.1.2.3', false],
    ['10.0.0.0/-8', 'https://10.1.2.3', false],
    ['10.0.0.0/8.5', 'https://10.1.2.3', false],
    ['example.com', 'https://10.1.2.3.example.com', true],
    ['.', 'https://as.example.com.', false],
    ['fd00::1', 'https://[fd00::1]', true],
    ['[fd00::1]', 'https://[fd00::1]', true],
    ['[fd00::1]:443', 'https://[fd00::1]', true],
    ['[fd00::1]:444', 'https://[fd00::1]', false],
  ];
  for (const [noProxy, url, direct] of cases)
    it(`is ${direct ? 'none' : 'used'} for ${url} with NO_PROXY=${noProxy}`, () => {
      const environment = { HTTPS_PROXY: 'http://proxy:1', NO_PROXY: noProxy };
      assert.equal(to(url, environment), direct ? undefined : 'http://proxy:1');
    });
});
