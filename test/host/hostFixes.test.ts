import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { applyFix } from '../../src/core/diagnose/failureController.ts';
import type { HostFix } from '../../src/core/diagnose/quickFix.ts';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { byHand } from '../../src/host/byHand.ts';
import { hostFixes } from '../../src/host/hostFixes.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { applicationSecretHash } from '../support/servers/erpNet.ts';
import { withServices, type Fixture } from './services.ts';
import { test, until } from './suite.ts';

const profile = machineProfile({ issuer: 'http://127.0.0.1:1' });
const place = secretPlace(profile);
const apply = ({ services }: Fixture, fix: HostFix) => applyFix(fix, profile, hostFixes(services));

test('“Trim the secret” takes blanks and line breaks off the stored one, and says nothing without one', () =>
  withServices(async (fixture) => {
    const { services, add } = fixture;
    await add(profile);
    assert.equal(await apply(fixture, { kind: 'trim_secret' }), undefined);
    await services.secrets.set(place, ' s3 cr3t\r\n');
    assert.equal((await apply(fixture, { kind: 'trim_secret' }))?.done, true);
    assert.equal(await services.secrets.get(place), 's3 cr3t');
  }));

test('“Enter the secret” stores what is typed, and nothing when the box is closed', () =>
  withServices(async (fixture) => {
    const { services, user, add } = fixture;
    await add(profile, 'wrong');
    user.types.push(undefined, 'right');
    assert.equal(await apply(fixture, { kind: 'enter_secret' }), undefined);
    assert.equal(await services.secrets.get(place), 'wrong');
    assert.equal((await apply(fixture, { kind: 'enter_secret' }))?.done, true);
    assert.equal(await services.secrets.get(place), 'right');
  }));

test('“Set the audience” writes what is typed into the settings', () =>
  withServices(async (fixture) => {
    const { services, user, add } = fixture;
    await add(profile);
    user.types.push(' ', ' https://api.example.com ');
    assert.equal(await apply(fixture, { kind: 'ask_audience' }), undefined);
    assert.equal((await apply(fixture, { kind: 'ask_audience' }))?.done, true);
    assert.equal(services.profiles.get(profile.id)?.profile.audience, 'https://api.example.com');
  }));

test('“Sign in again” and “Get a new token” run the profile’s grant; “Edit the profile” opens it at the field', () =>
  withServices(async (fixture) => {
    const { user, ran, commands, add } = fixture;
    await add(profile, 's3cr3t');
    await apply(fixture, { kind: 'sign_in' });
    await apply(fixture, { kind: 'get_token' });
    assert.deepEqual(ran, ['client_credentials', 'client_credentials']);
    await apply(fixture, { kind: 'edit_profile', field: 'redirectUri' });
    await until('the form', () => user.panels.some(({ viewType }) => viewType === 'oauthExplorer.profile'));
    assert.deepEqual(commands.at(-1), ['editProfile', { profile: profile.id, field: 'redirectUri' }]);
  }));

test('“Sign in again with …” changes the profile, and leaves it as it was when no token comes', () =>
  withServices(async (fixture) => {
    const { services, add, ran } = fixture;
    const user = userProfile({ issuer: 'http://127.0.0.1:1', scopes: ['a'] });
    await add(user);
    const fix = { kind: 'sign_in_with', parameters: { acr_values: 'gold' }, scopes: ['b'] } as const;
    const came = await applyFix(fix, user, hostFixes(services));
    assert.equal(came?.done, false);
    assert.deepEqual(ran, ['authorization_code']);
    const { scopes, acrValues } = services.profiles.get(user.id)?.profile ?? {};
    assert.deepEqual([scopes, acrValues], [['a'], undefined]);
  }));

test('the ApplicationSecretHash is that of the stored secret, else of one that is typed and not kept', () =>
  withServices(async ({ services, user, add }) => {
    await add(profile);
    user.types.push('typed');
    await services.run('copySecretHash', byHand({ profile: profile.id }));
    assert.equal(await vscode.env.clipboard.readText(), applicationSecretHash('typed'));
    assert.equal(await services.secrets.get(place), undefined);
    await services.secrets.set(place, 'stored');
    await services.run('copySecretHash', byHand({ profile: profile.id }));
    assert.equal(await vscode.env.clipboard.readText(), applicationSecretHash('stored'));
  }));
