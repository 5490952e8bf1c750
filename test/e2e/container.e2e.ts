import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

describe('the OAuth container', () => {
  let session: Session;
  before(async () => {
    session = await openSession();
  });
  after(async () => {
    await session.close();
  });

  it('opens from the activity bar and shows the Profiles and Flows views', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    await workbench.view('Profiles').waitFor();
    await workbench.view('Flows').waitFor();
    await workbench.screenshot('container');
    assert.deepEqual(await workbench.notifications(), []);
  });
});
