import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isToolFile, toolFileNotes } from '../../../src/core/httpFile/toolFiles.ts';
import type { HttpDialect } from '../../../src/core/httpFile/dialect.ts';

const said = (dialect: HttpDialect, name: string, text: string) =>
  toolFileNotes(dialect, 3, [{ name, text }]).map(({ line, message }) => `${line}: ${message}`);

describe('the configuration of a tool that changes what is sent', () => {
  it('httpYac’s code is not run, and that is said', () => {
    for (const name of ['.httpyac.js', 'httpyac.config.cjs', '.httpyac.config.js'])
      assert.deepEqual(said('httpyac', name, 'module.exports = {}'), [
        `3: ${name} is code that is not run here: headers, cookies, proxies and variables that it sets are not used.`,
      ]);
  });

  it('httpYac’s JSON is said by what it sets and does something, and nothing else of it', () => {
    const json =
      '// ours\n{"log":{"level":5},"cookieJarEnabled":true,"defaultHeaders":{"X-Key":"s3cr3t"},"clientCertificates":{},"proxy":null}';
    for (const name of ['.httpyac.json', 'httpyac.config.json'])
      assert.deepEqual(said('httpyac', name, json), [
        `3: What ${name} sets is not used: cookieJarEnabled, defaultHeaders.`,
      ]);
    assert.deepEqual(said('httpyac', 'package.json', `{"name":"x","httpyac":{"proxy":"http://p"}}`), [
      '3: What package.json sets is not used: proxy.',
    ]);
    assert.deepEqual(said('httpyac', 'package.json', '{"name":"x","proxy":"http://p"}'), []);
    assert.deepEqual(said('httpyac', '.httpyac.json', '{"log":{}}'), []);
    assert.deepEqual(said('httpyac', '.httpyac.json', '{"cookieJarEnabled":false}'), []);
  });

  it('httpYac’s JSON that cannot be read is said to be so', () => {
    for (const text of ['{"defaultHeaders":', '[1]', '', '['.repeat(100_000)])
      assert.deepEqual(said('httpyac', '.httpyac.json', text), [
        '3: .httpyac.json cannot be read: headers, cookies, proxies and variables that it sets are not used.',
      ]);
    assert.deepEqual(said('httpyac', 'package.json', '{"name":'), []);
  });

  it('JetBrains’ certificates and Kulala’s options of curl in an environment file are said, without a value', () => {
    const env = JSON.stringify({
      dev: { host: 'a', SSLConfiguration: { clientCertificate: 's3cr3t' } },
      $kulalaShared: {
        $kulalaDefaultCurlOptions: ['--user a:s3cr3t'],
      },
    });
    assert.deepEqual(said('jetbrains', 'http-client.private.env.json', env), [
      '3: SSLConfiguration in http-client.private.env.json is not used.',
    ]);
    assert.deepEqual(said('kulala', 'http-client.env.json', env), [
      '3: SSLConfiguration in http-client.env.json is not used.',
      '3: $kulalaDefaultCurlOptions in http-client.env.json is not used.',
    ]);
    for (const dialect of ['rest_client', 'visual_studio'] as const)
      assert.deepEqual(said(dialect, 'http-client.env.json', env), []);
  });

  it('only what a tool reads is looked for', () => {
    assert.equal(isToolFile('httpyac', '.httpyac.js'), true);
    assert.equal(isToolFile('rest_client', '.httpyac.js'), false);
    assert.equal(isToolFile('jetbrains', 'package.json'), false);
    assert.equal(isToolFile('jetbrains', 'http-client.env.json'), true);
  });
});
