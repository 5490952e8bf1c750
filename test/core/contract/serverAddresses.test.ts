import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { standInForMcp } from '../../../src/core/checks/apiTarget.ts';
import { serverKey } from '../../../src/core/contract/contract.ts';
import { addressOf, reportedUnder, serverAddresses } from '../../../src/core/contract/serverAddresses.ts';
import { machineProfile } from '../../support/profiles.ts';

const plain = 'https://mcp.example.com/mcp?tenant=a';
const whole = `${plain}&api_key=k3y-0f-the-server`;

describe('where a server is asked that stands under its masked name', () => {
  it('is the address that was configured, with its secret, whichever of the two is found first', () => {
    const key = serverKey(whole);
    assert.equal(key, plain);
    for (const urls of [[whole], [whole, plain], [plain, whole]]) {
      const addresses = serverAddresses(urls);
      assert.deepEqual([...addresses.keys()], [key], 'One item, without the secret.');
      assert.equal(addressOf(key, addresses)?.href, whole);
    }
  });

  it('is that of the first where two differ in their secret only', () => {
    const addresses = serverAddresses([whole, whole.replace('k3y', 'other')]);
    assert.equal(addressOf(serverKey(whole), addresses)?.href, whole);
  });

  it('is the name itself where nothing else is known, and none for the id of a profile', () => {
    assert.equal(addressOf(plain, new Map())?.href, plain);
    assert.equal(addressOf('orders', serverAddresses([whole])), undefined);
  });

  it('leads to the profile that feeds the server, by the masked name too', () => {
    const feeding = machineProfile({ id: 'feeding', mcpServer: whole });
    const profiles = [machineProfile({ id: 'other' }), feeding];
    for (const url of [whole, plain]) assert.equal(standInForMcp(profiles, new URL(url)).id, 'feeding');
    const exact = machineProfile({ id: 'exact', mcpServer: plain });
    assert.equal(standInForMcp([feeding, exact], new URL(plain)).id, 'exact');
    const elsewhere = new URL('https://mcp.example.com/mcp?tenant=b');
    assert.equal(standInForMcp(profiles, elsewhere).id, elsewhere.href);
  });

  it('has its report under the profile that stands for it, else under the name itself', () => {
    const profiles = [machineProfile({ id: 'feeding', mcpServer: whole })];
    assert.equal(reportedUnder(plain, profiles), 'feeding');
    assert.equal(reportedUnder(plain, []), plain);
    assert.equal(reportedUnder('orders', profiles), 'orders');
  });
});
