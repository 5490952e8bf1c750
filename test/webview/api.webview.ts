import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiModel, failedRenewal } from './diagnoseSamples.ts';
import { assertLooksRight } from './looks.ts';
import { useViews } from './view.ts';

const challenge =
  'Bearer error="insufficient_scope", scope="orders.write", error_description="The token lacks a scope"';

describe('the API view', { concurrency: false }, () => {
  const views = useViews();

  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await views.open('api', apiModel(403, '{"error":"forbidden"}', challenge)), 'api-403'));

  it('looks right when the call worked', async () =>
    assertLooksRight(await views.open('api', apiModel()), 'api-ok', ['light']));

  it('tells why no new token came for a call, one click away', async () => {
    const model = apiModel(401, '', 'Bearer error="invalid_token"', failedRenewal);
    const view = await views.open('api', model);
    await view.page.getByRole('button', { name: 'Explain' }).click();
    assert.deepEqual(await view.intents(), [{ kind: 'explainRenewal' }]);
    await assertLooksRight(view, 'api-401', ['hc-light']);
  });
});
