import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimFindings } from '../../../src/core/token/claimFindings.ts';
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

  it('of any other issuer, or for another API, is told', () => {
    assert.ok(codes({ ...graph, iss: 'https://login.example.com/' }, profile).includes('issuer_differs'));
    assert.ok(codes({ ...graph, aud: 'api://other' }, profile).includes('issuer_differs'));
  });
});
