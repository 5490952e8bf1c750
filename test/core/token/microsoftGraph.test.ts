import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimFindings } from '../../../src/core/token/claimFindings.ts';
import { isForGraph, isOlderIssuer } from '../../../src/core/token/microsoftGraph.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile } from '../../support/profiles.ts';

const codes = (claims: Record<string, unknown>, profile: Profile) =>
  claimFindings(claims, 'access', profile).map(({ code }) => code);

describe('a token for Microsoft Graph', () => {
  const profile = machineProfile({ issuer: 'https://login.microsoftonline.com/contoso.com/v2.0' });
  const graph = { aud: 'https://graph.microsoft.com', iss: 'https://sts.windows.net/0a1b/' };

  it('names Microsoft’s older issuer, which is normal there', () => {
    assert.ok(!codes(graph, profile).includes('issuer_differs'));
  });

  it('is known by its host in every cloud, whatever else it is for', () => {
    const germany = { aud: 'https://graph.microsoft.de', iss: 'https://sts.microsoftonline.de/0a1b/' };
    for (const claims of [
      germany,
      { ...germany, aud: ['api://other', 'https://graph.microsoft.de/'] },
      { ...germany, aud: ['00000003-0000-0000-C000-000000000000'] },
      { aud: 'https://microsoftgraph.chinacloudapi.cn', iss: 'https://sts.chinacloudapi.cn/0a1b/' },
      { aud: 'https://dod-graph.microsoft.us/', iss: 'https://sts.windows.net/0a1b/' },
      { aud: 'https://GRAPH.microsoft.com:443/v1.0', iss: 'https://login.microsoftonline.com/0a1b/v2.0' },
    ])
      assert.ok(isForGraph(claims), JSON.stringify(claims));
    assert.ok(isOlderIssuer(germany.iss, 'https://login.microsoftonline.de/0a1b/v2.0'));
  });

  it('is not what only names Microsoft somewhere', () => {
    for (const iss of [
      'https://evil.example/microsoft',
      'https://evil.example/sts.windows.net/',
      'https://sts.windows.net.evil.example/0a1b/',
      'https://sts.windows.net@evil.example/0a1b/',
      'https://anybody.blob.core.windows.net/',
      'http://sts.windows.net/0a1b/',
      'sts.windows.net',
    ]) {
      assert.ok(!isForGraph({ ...graph, iss }), iss);
      assert.ok(!isOlderIssuer(iss, 'https://login.microsoftonline.com/0a1b/v2.0'), iss);
    }
    for (const aud of [
      'https://graph.microsoft.com.evil.example',
      'https://evil.example/graph.microsoft.com',
      'http://graph.microsoft.com',
      ['https://graph.microsoft.com.evil.example', 7, null],
      { 0: 'https://graph.microsoft.com' },
      [],
    ])
      assert.ok(!isForGraph({ ...graph, aud }), JSON.stringify(aud));
  });

  it('of any other issuer, or for another API, is told', () => {
    assert.ok(codes({ ...graph, iss: 'https://login.example.com/' }, profile).includes('issuer_differs'));
    assert.ok(codes({ ...graph, aud: 'api://other' }, profile).includes('issuer_differs'));
  });
});
