import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileFormSession } from '../../../src/core/profileForm/formSession.ts';
import { openForm, type ProfileFormContext } from '../../../src/core/profileForm/state.ts';
import { parseEnvironments, variablesOf } from '../../../src/core/profile/environments.ts';
import { secretKey } from '../../../src/core/vault/vaultKeys.ts';
import { ProfileFormHost } from '../../support/profileFormHost.ts';
import { formValues } from '../../support/formValues.ts';
import { machineProfile } from '../../support/profiles.ts';
import { testCatalogue } from '../../support/providers.ts';

const list = parseEnvironments(
  { dev: { host: 'as.example.com/dev' }, prod: { host: 'as.example.com/prod' } },
  { scope: 'user' },
);

/** The form of a profile with a variable in its issuer, in the environment dev. */
async function opened() {
  const profile = machineProfile({ issuer: 'https://${host}' });
  const host = new ProfileFormHost({ catalogue: testCatalogue });
  let environment: string | undefined = 'dev';
  const { context } = host;
  host.context = (): ProfileFormContext => ({ ...context(), variables: variablesOf(list, environment) });
  host.hasSecret = (place) => Promise.resolve(host.secrets.has(secretKey(place)));
  host.storeSecret = (place, secret) => Promise.resolve(void host.secrets.set(secretKey(place), secret));
  host.entries.set(profile.id, { kind: 'profile', profile, target: 'user' });
  const session = new ProfileFormSession(host, openForm(host.context(), { profile, target: 'user' }));
  await settled();
  let edit = 0;
  return {
    host,
    session,
    field: (name: string) =>
      Object.values(host.models.at(-1)?.form?.fields ?? {})
        .flat()
        .find((field) => field.name === name),
    type: (field: string, value: string) => session.handle({ type: 'text', field, value, edit: ++edit }),
    switchTo: async (name: string | undefined) => {
      environment = name;
      session.refresh();
      await settled();
    },
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('a form with variables', () => {
  it('shows what is written with the value beside it, and asks the server of the environment', async () => {
    const { host, field, switchTo } = await opened();
    const drawn = host.models.at(-1)?.form;
    assert.ok(drawn);
    assert.equal(formValues(drawn).text.issuer.value, 'https://${host}');
    assert.equal(field('issuer')?.note, 'In the environment “dev”: https://as.example.com/dev');
    assert.deepEqual(host.discovered, ['https://as.example.com/dev']);
    await switchTo('prod');
    host.clock.advance(700);
    await settled();
    assert.equal(field('issuer')?.note, 'In the environment “prod”: https://as.example.com/prod');
    assert.deepEqual(host.discovered, ['https://as.example.com/dev', 'https://as.example.com/prod']);
  });

  it('says at the field what has no value, and asks nobody', async () => {
    const { host, field, type, switchTo, session } = await opened();
    await type('issuer', 'https://${hots}');
    host.clock.advance(700);
    await settled();
    assert.equal(
      field('issuer')?.problem,
      '“${hots}” has no value in the environment “dev”. Add it to oauthExplorer.environments.',
    );
    await switchTo(undefined);
    assert.match(field('issuer')?.problem ?? '', /choose an environment/);
    await session.handle({ type: 'save' });
    assert.deepEqual([host.saved, host.discovered.length], [[], 1]);
  });

  it('saves what is written, and its secret for the environment alone', async () => {
    const { host, session, type, switchTo } = await opened();
    await type('name', 'Renamed');
    await session.handle({ type: 'save' });
    assert.equal(host.saved[0]?.profile.issuer, 'https://${host}');
    assert.equal(host.saved[0].profile.environment, undefined);
    host.secretTyped = 'of-dev';
    await session.handle({ type: 'setSecret' });
    assert.deepEqual([...host.secrets], [[`${machineProfile().id}@https://as.example.com/in/dev`, 'of-dev']]);
    assert.equal(host.models.at(-1)?.form?.secret.kind, 'stored');
    await switchTo('prod');
    assert.equal(host.models.at(-1)?.form?.secret.kind, 'none');
  });
});
