import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSession, type Session } from '../support/session.ts';

describe('the OAuth container', () => {
  let session: Session;
  before(async () => {
    session = await startSession();
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
