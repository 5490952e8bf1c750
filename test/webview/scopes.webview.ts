import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scopesModel } from './diagnoseSamples.ts';
import { assertLooksRight } from './looks.ts';
import { useViews } from './view.ts';

describe('the scopes view', { concurrency: false }, () => {
  const views = useViews();

  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await views.open('scopes', scopesModel('done')), 'scopes-done'));

  for (const state of ['plan', 'running'] as const)
    it(`looks right in its other states: ${state}`, async () =>
      assertLooksRight(await views.open('scopes', scopesModel(state)), `scopes-${state}`, ['light']));

  it('scopes can be added by keyboard, removed, asked for and applied', async () => {
    const view = await views.open('scopes', scopesModel('done'));
    await view.page.getByLabel('More scopes to ask for').fill('orders.read orders.write');
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('button', { name: 'Do not ask for full' }).click();
    await view.page.getByRole('button', { name: 'Use the 2 granted' }).click();
    await view.page.getByRole('button', { name: 'Ask again' }).click();
    assert.deepEqual(await view.intents(), [
      { kind: 'add', scopes: 'orders.read orders.write' },
      { kind: 'remove', scope: 'full' },
      { kind: 'apply' },
      { kind: 'start' },
    ]);
  });
});
