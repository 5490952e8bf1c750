import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { demoClients, type DemoClient } from '../../src/demo/clients.ts';
import { demoProfiles, isMadeByDemo, isOfDemo, isOfEarlierDemo } from '../../src/demo/workspace.ts';
import { machineProfile } from '../support/profiles.ts';

const issuer = 'http://127.0.0.1:8790';
const clients = demoClients('seed');
const demos = machineProfile({ id: 'demo-machine', clientId: 'demo-machine', issuer });

it('tells the profiles of a demo server by client and issuer', () => {
  assert.equal(isOfDemo(demos, { issuer, clients }), true);
  assert.equal(isOfDemo({ ...demos, id: 'demo-machine-2' }, { issuer, clients }), true);
  for (const own of [
    { ...demos, issuer: 'https://demo.example.com' },
    { ...demos, issuer: 'http://127.0.0.1:9999' },
    { ...demos, clientId: 'demo-company' },
  ])
    assert.equal(isOfDemo(own, { issuer, clients }), false, JSON.stringify(own));
});

it('knows a profile of an earlier demo at another port, and none of the user’s own', () => {
  const { machine } = clients;
  assert.equal(isOfEarlierDemo({ ...demos, issuer: 'http://127.0.0.1:49152' }, machine), true);
  for (const own of [
    { ...demos, issuer: 'https://demo.example.com' },
    { ...demos, clientId: 'other' },
    { ...demos, id: 'mine' },
    { ...demos, grant: 'authorization_code' },
  ])
    assert.equal(isOfEarlierDemo(own, machine), false, JSON.stringify(own));
});

it('gives names that leave room for the state beside them in a side bar of 300 pixels', () => {
  const names = Object.values(clients).map(({ name }: DemoClient) => name);
  assert.ok(names.length > 10);
  assert.deepEqual(
    names.filter((name) => name.length > 25),
    [],
  );
});

it('knows every profile a demo makes, and takes no other for one', () => {
  const made = demoProfiles({ issuer: 'http://127.0.0.1:49152', clients });
  assert.ok(made.length > 0);
  for (const profile of made) assert.equal(isMadeByDemo(profile as unknown as typeof demos), true);
  for (const own of [
    { ...demos, issuer: 'https://demo.example.com' },
    { ...demos, clientId: 'orders' },
    { ...demos, id: 'mine' },
  ])
    assert.equal(isMadeByDemo(own), false, JSON.stringify(own));
});

it('each way that the walkthrough offers is a client of the demo', () => {
  const words = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'package.nls.json'), 'utf8'),
  ) as {
    readonly 'walkthrough.use.description': string;
  };
  const links = words['walkthrough.use.description'].matchAll(/oauthExplorer\.tryDemo\?([^)]+)\)/g);
  const named = [...links].map(
    ([, query = '']) => (JSON.parse(decodeURIComponent(query)) as { client: string }).client,
  );
  const all: readonly DemoClient[] = Object.values(demoClients('s'));
  const offered = new Set(all.map(({ clientId }) => clientId));
  assert.ok(named.length >= 6);
  assert.deepEqual(
    named.filter((client) => !offered.has(client)),
    [],
  );
});
