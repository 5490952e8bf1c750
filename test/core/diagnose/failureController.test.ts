import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureController } from '../../../src/core/diagnose/failureController.ts';
import { readIntent } from '../../../src/shared/intents.ts';
import { failureIntents } from '../../../src/shared/views/failureView.ts';
import type { HostFix } from '../../../src/core/diagnose/quickFix.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { FailureViewModel } from '../../../src/shared/views/failureView.ts';
import { applicationSecretHash, startErpNet } from '../../support/servers/erpNet.ts';
import { explained, run } from './play.ts';
import { clientCredentials } from './support.ts';

const secret = 'kT5-s3cr3t-value';

/** The failure page of an ERP.net run, with everything it did. */
async function page(scopes: readonly string[], typed = secret, provider = 'erp-net') {
  const server = await startErpNet([
    {
      ...({ ApplicationUri: 'app', ClientType: 'Confidential', SystemUserAllowed: true } as const),
      ...{
        ApplicationSecretHash: applicationSecretHash(secret),
        SystemUser: 'svc',
        Scope: 'read',
        IsEnabled: true,
      },
    },
  ]);
  let profile: Profile | undefined = clientCredentials({
    ...(provider === '' ? {} : { provider }),
    ...{
      issuer: `${server.origin}/id`,
      tokenEndpoint: `${server.origin}/id/connect/token`,
    },
    ...{ clientId: 'app', clientAuthentication: 'client_secret_post', scopes },
  });
  const report = await run('client_credentials', profile, typed);
  await server.close();
  const drawn: FailureViewModel[] = [];
  const did: unknown[] = [];
  const controller = new FailureController(report, explained(report), {
    draw: (model) => void drawn.push(model),
    copy: (text) => void did.push(text),
    runAgain: (profile) => Promise.resolve(did.push({ runAgain: profile })),
    showFlow: (flow) => did.push({ showFlow: flow }),
    profile: () => profile,
    save: (changed) => {
      profile = changed;
      return Promise.resolve(true);
    },
    host: (fix: HostFix) => Promise.resolve(did.push(fix) > 0),
  });
  return { controller, drawn, did, report, current: () => profile, remove: () => (profile = undefined) };
}

describe('the failure page', () => {
  it('applies a quick fix to the profile as it is now, says so and offers to run again', async () => {
    const { controller, drawn, current, did, report } = await page(['read', 'update']);
    await controller.handle({ type: 'fix', cause: 0, fix: 0 });
    assert.deepEqual(current()?.scopes, ['read']);
    // A button whose fix is done must not look as if it were the next step.
    assert.deepEqual(drawn[0]?.causes[0]?.done, []);
    assert.deepEqual(drawn.at(-1)?.causes[0]?.done, [0]);
    assert.deepEqual(
      drawn.map(({ busy, notice }) => [busy, notice?.text]),
      [
        [false, undefined],
        [true, undefined],
        [false, 'Remove scope update: the profile was changed.'],
      ],
    );
    assert.equal(drawn.at(-1)?.notice?.cause, 0, 'It is offered where the fix is.');
    await controller.handle({ type: 'runAgain' });
    assert.deepEqual(did, [{ runAgain: report.profile }]);
  });

  it('offers to run again after each fix, beside the cause that it was for', async () => {
    const { controller, drawn } = await page(['read', 'update']);
    const causes = drawn[0]?.causes ?? [];
    const fixes = causes.flatMap(({ fixes: labels }, cause) =>
      labels.map((label, fix) => ({ label, cause, fix })),
    );
    let told = 0;
    for (const { cause, fix } of fixes) {
      const before = drawn.at(-1)?.notice;
      await controller.handle({ type: 'fix', cause, fix });
      const notice = drawn.at(-1)?.notice;
      // Where another view took over, what was said stays.
      if (notice === before || notice?.done !== true) continue;
      assert.equal(notice.cause, cause);
      told++;
    }
    assert.ok(told > 0);
  });

  it('hands to the host what only the host can do', async () => {
    const { controller, drawn, did } = await page(['read'], `${secret}\n`);
    assert.deepEqual(drawn[0]?.causes[0]?.fixes, ['Trim the secret', 'Enter the secret…']);
    // The button says it: no step says it again.
    assert.deepEqual(drawn[0].causes[0].steps, []);
    await controller.handle({ type: 'fix', cause: 0, fix: 0 });
    assert.deepEqual(did, [{ kind: 'trim_secret' }]);
    assert.equal(drawn.at(-1)?.notice?.text, 'The secret was trimmed.');
    // What is trimmed cannot be trimmed any more; another secret can always be entered.
    assert.deepEqual(drawn.at(-1)?.causes[0]?.done, [0]);
    await controller.handle({ type: 'fix', cause: 0, fix: 1 });
    assert.equal(drawn.at(-1)?.notice?.text, 'The secret was stored.');
    assert.deepEqual(drawn.at(-1)?.causes[0]?.done, []);
  });

  it('names the provider of the profile, or says what the server looks like and why', async () => {
    const named = await page(['update']);
    assert.deepEqual(named.drawn[0]?.provider, {
      name: 'ERP.net Identity Server',
      why: 'The profile says it is ERP.net Identity Server.',
    });
    const { drawn } = await page(['update'], secret, '');
    assert.equal(drawn[0]?.provider?.name, 'looks like ERP.net Identity Server');
    assert.match(
      drawn[0].provider.why,
      /the token endpoint is http:\/\/127\.0\.0\.1:\d+\/id\/connect\/token/,
    );
  });

  it('ignores a fix that is not there, and tells when the profile was deleted', async () => {
    const { controller, drawn, remove, did } = await page(['update']);
    await controller.handle({ type: 'fix', cause: 7, fix: 0 });
    assert.equal(drawn.length, 1);
    remove();
    await controller.handle({ type: 'fix', cause: 0, fix: 0 });
    assert.deepEqual(drawn.at(-1)?.notice, {
      ...{ text: 'The profile does not exist any more.', done: false },
      cause: 0,
    });
    assert.deepEqual(did, []);
    // Nothing is left to mend or to run again.
    const { gone, causes } = drawn.at(-1) ?? {};
    assert.equal(gone, true);
    assert.ok(causes?.every(({ fixes, done }) => fixes.length === 0 && done.length === 0));
    assert.equal(drawn[0]?.gone, undefined);
  });

  it('copies Markdown in which the server’s words cannot be markup, and no secret is anywhere', async () => {
    const { controller, drawn, did } = await page(['read', '<img src=x>']);
    await controller.handle({ type: 'copy' });
    const [markdown] = did as [string];
    assert.match(markdown, /^# invalid_scope at the token endpoint/);
    assert.match(
      markdown,
      /```\nstatus: 400\nerror: invalid_scope\nerror_description: Invalid scope: <img\n```/,
    );
    assert.match(markdown, /Remove “\\<img” here/);
    for (const text of [markdown, JSON.stringify(drawn)]) assert.ok(!text.includes(secret));
  });

  it('takes only the messages it knows', () => {
    assert.deepEqual(readIntent(failureIntents, { type: 'fix', cause: 0, fix: 1, more: 1 }), {
      type: 'fix',
      cause: 0,
      fix: 1,
    });
    for (const message of [
      null,
      'fix',
      {},
      { type: 'fix' },
      { type: 'fix', cause: -1, fix: 0 },
      { type: 'eval' },
    ])
      assert.equal(readIntent(failureIntents, message), undefined);
  });
});
