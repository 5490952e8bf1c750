import { describe, it } from 'node:test';
import { apiModel } from './diagnoseSamples.ts';
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
});
