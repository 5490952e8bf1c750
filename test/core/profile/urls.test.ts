import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redirectUriProblem, redirectWay, urlProblem } from '../../../src/core/profile/urls.ts';

describe('the address of a server', () => {
  for (const [field, value, problem] of [
    ['issuer', 'https://login.example.com', undefined],
    ['issuer', 'https://login.example.com/realms/a', undefined],
    ['tokenEndpoint', 'https://login.example.com/token?a=b', undefined],
    ['issuer', 'https://login.example.com?a=b', /query/],
    ['issuer', 'https://login.example.com/#a', /fragment/],
    ['tokenEndpoint', 'https://login.example.com/token#a', /fragment/],
    [
      'tokenEndpoint',
      ' https://login.example.com/token',
      /complete URL such as https:..login.example.com.oauth2.token/,
    ],
    ['issuer', 'login.example.com', /complete URL such as https:..login.example.com\.$/],
    ['issuer', 'see https://login.example.com', /complete URL/],
    ['issuer', 'https://ann:hunter2@login.example.com', /user name or password/],
    ['tokenEndpoint', 'https://login.example.com/a//b@c', undefined],
    ['issuer', 'http://login.example.com', /begin with https/],
    ['issuer', 'http://127.0.0.1:3000', undefined],
    ['issuer', 'http://127.1:3000', /usual way, such as https:..login.example.com or/],
    [
      'tokenEndpoint',
      'HTTPS://login.example.com/token',
      /usual way, such as https:..login.example.com.oauth2/,
    ],
    ['issuer', 'https://login.example.com/{tenant}', /placeholder/],
  ] as const)
    it(`${field} ${value}: ${problem?.source ?? 'can be used'}`, () => {
      const said = urlProblem(field, value);
      if (problem === undefined) assert.equal(said, undefined);
      else assert.match(said ?? '', problem);
      assert.doesNotMatch(said ?? '', /hunter2/);
    });
});

describe('who takes the redirect', () => {
  for (const [redirectUri, way] of [
    ['http://127.0.0.1/callback', 'loopback'],
    ['http://[::1]:8080', 'loopback'],
    ['https://localhost:8443/callback', 'loopback'],
    ['https://localhost/callback', 'pasted'],
    ['vscode://oauth-explorer.oauth-explorer/callback', 'editor'],
    ['vscode-insiders://OAuth-Explorer.oauth-explorer', 'editor'],
    ['a+b.c-1://oauth-explorer.oauth-explorer?x#y', 'editor'],
    ['vscode://oauth-explorer.oauth-explorer.example/callback', 'pasted'],
    ['vscode://example/oauth-explorer.oauth-explorer', 'pasted'],
    ['http://oauth-explorer.oauth-explorer/callback', 'pasted'],
    ['https://oauth-explorer.oauth-explorer/callback', 'pasted'],
    ['httpsx://oauth-explorer.oauth-explorer/callback', 'editor'],
    ['xhttps://oauth-explorer.oauth-explorer/callback', 'editor'],
    ['com.example.app:/callback', 'pasted'],
    ['urn:ietf:wg:oauth:2.0:oob', 'pasted'],
    ['x vscode://oauth-explorer.oauth-explorer', 'pasted'],
    ['1a://oauth-explorer.oauth-explorer', 'pasted'],
  ] as const)
    it(`${redirectUri}: ${way}`, () => assert.equal(redirectWay(redirectUri), way));
});

describe('what is wrong with a redirect URI', () => {
  for (const [value, problem] of [
    ['http://127.0.0.1/callback', undefined],
    ['https://app.example.com/callback', undefined],
    [' http://127.0.0.1/callback', /begins or ends with a space/],
    ['http://127.0.0.1/callback ', /begins or ends with a space/],
    ['http://127.0.0.1/callback#a', /fragment/],
    ['https://', /complete URL, such as https:..app/],
    ['call back/https:', /complete URL\. Register/],
    ['https://ann@app.example.com/callback', /usual way/],
    ['urn:ietf:wg:oauth:2.0:oob', /not an address/],
    ['javascript:alert(1)', /scheme “javascript:”/],
    [`file:${'a'.repeat(9)}`, /scheme “file:”/],
    ['http://app.example.com/callback', /another machine/],
    ['http://127.0.0.1:99999/callback', /complete URL/],
    ['http://127.0.0.2/callback', /127\.0\.0\.1, http/],
  ] as const)
    it(`${value}: ${problem?.source ?? 'nothing'}`, () => {
      const said = redirectUriProblem(value);
      if (problem === undefined) assert.equal(said, undefined);
      else assert.match(said ?? '', problem);
    });
});
