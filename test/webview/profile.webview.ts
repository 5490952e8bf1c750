import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { ServerFacts } from '../../src/core/profileForm/serverFacts.ts';
import { parseEnvironments, variablesOf } from '../../src/core/profile/environments.ts';
import { emptyDraft } from '../../src/core/profileForm/draft.ts';
import { ProfileFormHost } from '../support/profileFormHost.ts';
import { becomes } from '../support/becomes.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { testCatalogue } from '../support/providers.ts';
import { assertLooksRight } from './looks.ts';
import { openFormPage, type FormPage } from './profileForm.ts';
import { narrow, useViews } from './view.ts';
import { waitFor } from '../support/processes.ts';

const issuer = 'https://login.example.com/realms/shop';
const facts: ServerFacts = {
  document: `${issuer}/.well-known/openid-configuration`,
  kind: 'openid',
  issuer,
  tokenEndpoint: `${issuer}/token`,
  authorizationEndpoint: `${issuer}/auth`,
  scopes: ['openid', 'profile', 'orders.read', 'orders.write'],
  authenticationMethods: ['client_secret_basic', 'none'],
  grants: ['authorization_code', 'client_credentials'],
  challengeMethods: ['S256'],
};

describe('the profile editor', { concurrency: false }, () => {
  const views = useViews();

  /** A new profile's form for any server. */
  const fresh = async (options: Parameters<typeof openFormPage>[1] = {}): Promise<FormPage> => {
    const form = await openFormPage(views, options);
    form.host.servers.set(issuer, facts);
    await form.page.locator('[data-provider=generic]').click();
    await form.field('name').waitFor();
    return form;
  };

  it('says that its profile was changed in the settings, and takes that up with one click', async () => {
    const profile = machineProfile();
    const form = await openFormPage(views, { existing: { profile, target: 'user' } });
    const { page, host } = form;
    await form.field('clientId').fill('typed');
    await waitFor('the client ID', () => form.session().state.draft.clientId === 'typed' || undefined);
    host.entries.set('machine', {
      kind: 'profile',
      profile: machineProfile({ name: 'Renamed', clientId: 'changed' }),
      target: 'user',
    });
    form.session().refresh();
    const notice = page.locator('.notice', { hasText: 'was changed in the settings' });
    await notice.waitFor();
    assert.equal(await form.field('clientId').inputValue(), 'typed');
    await assertLooksRight(form.view, 'profile-changed-outside', ['light']);
    await notice.getByRole('button', { name: 'Reload' }).click();
    await notice.waitFor({ state: 'detached' });
    assert.equal(await form.field('clientId').inputValue(), 'changed');
    assert.equal(await form.field('name').inputValue(), 'Renamed');
  });

  it('makes the issuer of what was pasted, and puts https in front with one press', async () => {
    const form = await fresh();
    const field = form.field('issuer');
    await field.fill(`${issuer}/.well-known/openid-configuration`);
    await form.page.getByText('this is the issuer it belongs to').waitFor();
    assert.equal(await field.inputValue(), issuer);
    await field.fill(issuer.replace('https://', 'http://'));
    const fix = form.page.getByRole('button', { name: `Use ${issuer}` });
    await fix.waitFor();
    await form.page.locator('#issuer-problem').waitFor();
    // First what is wrong, then the way out.
    assert.equal(
      await fix.evaluate((one) => one.parentElement?.previousElementSibling?.id),
      'issuer-problem',
    );
    await assertLooksRight(form.view, 'profile-issuer-fix', ['light']);
    await fix.click();
    await fix.waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), issuer);
    assert.equal(form.session().state.draft.issuer, issuer);
  });

  it('says what a field with variables comes to in the environment, and which one stands for nothing', async () => {
    const settings = parseEnvironments(
      { dev: { host: 'dev.example.com', client: 'orders-dev' } },
      { scope: 'user' },
    );
    const variables = variablesOf(settings, 'dev');
    const host = new ProfileFormHost({ catalogue: testCatalogue, variables });
    const form = await openFormPage(views, { host });
    const { page } = form;
    await page.locator('[data-provider=generic]').click();
    await form.field('name').fill('Orders');
    await form.field('issuer').fill('https://${host}/realms/shop');
    await form.field('clientId').fill('${client}');
    await page.getByText('In the environment “dev”: https://dev.example.com/realms/shop').waitFor();
    await page.getByText('In the environment “dev”: orders-dev').waitFor();
    assert.equal(await form.field('issuer').inputValue(), 'https://${host}/realms/shop');
    const described = await accessible(page, 'Issuer');
    assert.match(described.description, /In the environment “dev”: https:\/\/dev\.example\.com/);
    await assertLooksRight(form.view, 'profile-variables', ['light']);
    await form.field('clientId').fill('${nobody}');
    await page.locator('#clientId-problem').waitFor();
    assert.match(await page.locator('#clientId-problem').innerText(), /\$\{nobody\}|nobody/);
    await form.field('clientId').fill('${client}');
    await page.locator('#clientId-problem').waitFor({ state: 'detached' });
    await waitFor('the metadata to be asked for', () => {
      host.clock.advance(1000);
      return host.discovered.at(-1);
    });
    assert.equal(host.discovered.at(-1), 'https://dev.example.com/realms/shop');
  });

  it('marks what the server does not list with a word, and says the whole of it once it is chosen', async () => {
    const form = await fresh();
    const { page } = form;
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    const device = page.locator('.radio', { has: page.getByRole('radio', { name: 'Device authorization' }) });
    await device.getByText('· not listed', { exact: true }).waitFor();
    assert.equal(await page.locator('.radio-warning').count(), 0);
    await device.getByRole('radio').check();
    await device.getByText('The server’s metadata does not list this grant.').waitFor();
    assert.equal(await page.locator('.radio-warning').count(), 1);
  });

  it('has the focus where the server is named when a provider’s tile was pressed', async () => {
    const { page } = await openFormPage(views);
    await page.locator('[data-provider=generic]').focus();
    await page.keyboard.press('Enter');
    await becomes(() => page.evaluate(() => document.activeElement?.id), 'issuer');
  });

  it('is filled in and saved with the keyboard alone', async () => {
    const form = await openFormPage(views);
    const { page, host } = form;
    host.servers.set(issuer, facts);
    const { keyboard } = page;
    await page.locator('[data-provider=generic]').focus();
    await keyboard.press('Enter');
    // The form gives it the focus once it is drawn, and took what was typed elsewhere until then.
    await becomes(() => page.evaluate(() => document.activeElement?.id), 'issuer');
    await form.field('name').focus();
    await keyboard.type('Orders API');
    await tabTo(page, 'grant-client_credentials');
    await keyboard.press('ArrowDown');
    await tabTo(page, 'issuer');
    await keyboard.type(issuer);
    await form.discover(issuer);
    await tabTo(page, 'clientId');
    await keyboard.type('orders-web');
    await tabTo(page, 'scopes');
    await keyboard.type('orders.read,pro');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.locator('.chip', { hasText: 'profile' }).waitFor();
    await keyboard.press('Control+Enter');
    await page.getByText('Saved to user settings.').waitFor();
    assert.deepEqual(host.saved, [
      {
        target: 'user',
        profile: {
          id: 'orders-api',
          name: 'Orders API',
          grant: 'authorization_code',
          issuer,
          clientId: 'orders-web',
          clientAuthentication: 'none',
          scopes: ['openid', 'orders.read', 'profile'],
          redirectUri: 'http://127.0.0.1/callback',
          resource: [],
          authorizationParameters: {},
          tokenParameters: {},
        },
      },
    ]);
    assert.deepEqual(host.tokensFor, ['orders-api']);
  });

  it('has the usual grants at hand, and names the others, which are one press away', async () => {
    const form = await fresh();
    const { page } = form;
    const seen = () => page.locator('#grant input[type=radio]:visible').count();
    const more = page.locator('#grant summary');
    assert.equal(await seen(), 3);
    assert.match(await more.innerText(), /^6 more: Refresh token · Token exchange · /);
    await more.press('Enter');
    await becomes(seen, 9);
    await page.keyboard.press('Tab');
    await page.locator('#grant-token_exchange').check();
    await becomes(() => Promise.resolve(form.session().state.draft.grant), 'token_exchange');
    const chosen = machineProfile({ grant: 'token_exchange' });
    const other = await openFormPage(views, { existing: { profile: chosen, target: 'user' } });
    await other.page.locator('#grant-token_exchange:visible').waitFor();
  });

  it('loses no key and no caret when models come late', async () => {
    const form = await fresh({ latency: 120 });
    const name = form.field('name');
    await name.pressSequentially('A rather long name, typed fast', { delay: 7 });
    await form.page.waitForTimeout(400);
    assert.equal(await name.inputValue(), 'A rather long name, typed fast');
    await name.press('Home');
    await name.pressSequentially('Not ', { delay: 30 });
    await form.page.waitForTimeout(300);
    assert.equal(await name.inputValue(), 'Not A rather long name, typed fast');
    assert.equal(await name.evaluate((input: HTMLInputElement) => input.selectionStart), 4);
    await becomes(
      () => Promise.resolve(form.session().state.draft.name),
      'Not A rather long name, typed fast',
    );
    await form.page.locator('.fold > summary', { hasText: 'Extra parameters' }).click();
    await form.field('tokenParameters-0-name').pressSequentially('tenant', { delay: 5 });
    await form.page.keyboard.press('Tab');
    await form.page.keyboard.type('acme', { delay: 5 });
    await becomes(
      () => Promise.resolve<unknown>(form.session().state.draft.tokenParameters),
      [{ name: 'tenant', value: 'acme' }],
    );
  });

  it('takes scopes one by one or pasted, and gives them back by Backspace, Delete and button', async () => {
    const form = await fresh();
    const { page } = form;
    const scopes = form.field('scopes');
    await scopes.click();
    await page.keyboard.type('a b,');
    await scopes.evaluate((input) => {
      const data = new DataTransfer();
      data.setData('text/plain', '["c", "d"]\ne');
      input.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await page.keyboard.type('f');
    await page.keyboard.press('Enter');
    const chips = async () => page.locator('oe-chips').first().locator('.chip-text').allInnerTexts();
    await page.locator('.chip', { hasText: 'f' }).waitFor();
    assert.deepEqual(await chips(), ['a', 'b', 'c', 'd', 'e', 'f']);
    await page.keyboard.press('Backspace');
    await page.locator('.chip', { hasText: 'f' }).waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Delete');
    await page.locator('.chip', { hasText: 'd' }).waitFor({ state: 'detached' });
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Remove scope e',
    );
    await page.getByRole('button', { name: 'Remove scope a' }).click();
    await page.locator('.chip', { hasText: 'a' }).waitFor({ state: 'detached' });
    assert.deepEqual(await chips(), ['b', 'c', 'e']);
    await scopes.click();
    await page.keyboard.type('typed-and-left');
    await page.keyboard.press('Tab');
    await page.locator('.chip', { hasText: 'typed-and-left' }).waitFor();
  });

  it('never moves the focus of who types elsewhere already when the form is there', async () => {
    const { page } = await openFormPage(views);
    const focused = await page.evaluate(async () => {
      // In the same turn in which the form is drawn: before any frame.
      const drawn = new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          const name = document.querySelector<HTMLElement>('input[id="name"]');
          if (name === null) return;
          observer.disconnect();
          name.focus();
          resolve();
        }).observe(document.body, { childList: true, subtree: true });
      });
      document.querySelector<HTMLElement>('[data-provider=generic]')?.click();
      await drawn;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      await frame();
      return document.activeElement?.id;
    });
    assert.equal(focused, 'name');
  });

  it('says what is wrong beside the field, tied to it for screen readers', async () => {
    const form = await fresh();
    await form.field('issuer').fill('http://login.example.com');
    await form.page.locator('#issuer-problem').waitFor();
    const described = await accessible(form.page, 'Issuer');
    assert.match(described.description, /Issuer must begin with https/);
    assert.equal(described.invalid, 'true');
    await form.page.getByRole('button', { name: 'Save and get token' }).click();
    await form.page.getByText('3 fields need attention.').waitFor();
    await form.page.waitForFunction(() => document.activeElement?.id === 'name');
    assert.deepEqual(form.host.saved, []);
  });

  it('shows endpoints and scopes that were discovered, and why nothing could be', async () => {
    const form = await fresh();
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    assert.equal(await form.field('tokenEndpoint').inputValue(), `${issuer}/token`);
    await form.page.getByRole('button', { name: 'Add scope orders.read' }).click();
    await form.page.locator('.chip', { hasText: 'orders.read' }).waitFor();
    await form.field('issuer').fill('https://silent.example.com');
    await waitFor(
      'the issuer',
      () => form.session().state.draft.issuer === 'https://silent.example.com' || undefined,
    );
    form.host.clock.advance(1000);
    await form.page.getByText('Looking up the metadata of https://silent.example.com…').waitFor();
    await form.page.getByRole('button', { name: 'Cancel' }).click();
    await form.page.locator('.discovery.running').waitFor({ state: 'detached' });
  });

  it('copies the redirect URI to register and fixes its port', async () => {
    const form = await openFormPage(views, { existing: { profile: userProfile(), target: 'user' } });
    await form.page.getByRole('button', { name: 'Copy redirect URI' }).click();
    await form.page.getByRole('button', { name: 'Use a fixed port' }).click();
    await form.page.locator('#register-value', { hasText: 'http://127.0.0.1:8765/callback' }).waitFor();
    assert.deepEqual(form.host.copied, ['http://127.0.0.1/callback']);
  });

  it('never holds the secret: it goes from the password box to the vault when the profile is saved', async () => {
    const form = await fresh();
    form.host.secretTyped = 'TOPSECRET-VALUE';
    await form.field('name').fill('Machine');
    await form.field('clientId').fill('m');
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    await form.page.getByRole('button', { name: 'Set client secret…' }).click();
    await form.page.getByText('A secret was typed. It is stored when you save.').waitFor();
    assert.equal(form.host.secrets.size, 0);
    await form.page.getByRole('button', { name: 'Add profile' }).click();
    await form.page.getByText('A secret for https://login.example.com is stored.').waitFor();
    assert.deepEqual([...form.host.secrets], [['machine@https://login.example.com', 'TOPSECRET-VALUE']]);
    assert.ok(!(await form.page.content()).includes('TOPSECRET'));
    assert.ok(!JSON.stringify(form.host.models).includes('TOPSECRET'));
    assert.ok(!JSON.stringify(form.host.saved).includes('TOPSECRET'));
  });

  it('offers what was closed unsaved', async () => {
    const form = await openFormPage(views, { abandoned: { ...emptyDraft, name: 'Half done', issuer } });
    await form.page.getByRole('button', { name: 'Restore' }).click();
    await form.field('name').waitFor();
    assert.equal(await form.field('name').inputValue(), 'Half done');
  });

  it('shows what a hostile server says as text', async () => {
    const form = await fresh();
    const evil = '<img src=x onerror=alert(1)>';
    form.host.servers.set(issuer, {
      ...facts,
      scopes: [evil, 'a\u202eb'],
      grants: [evil],
      tokenEndpoint: `https://x/${evil}`,
    });
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    await form.page.locator('.discovery summary').click();
    await form.page.locator('.offer', { hasText: evil }).waitFor();
    assert.equal(await form.page.locator('img').count(), 0);
  });

  it('looks right in every theme and at 320 pixels: empty, with problems and filled in', async () => {
    const form = await openFormPage(views, { workspaceUnavailable: 'No folder is open.' });
    form.host.servers.set(issuer, facts);
    await assertLooksRight(form.view, 'profile-choice');
    await form.page.locator('[data-provider=generic]').click();
    await form.page.getByRole('radio', { name: 'Authorization code with PKCE' }).check();
    await form.page.getByRole('button', { name: 'Save and get token' }).click();
    await form.page.locator('.remark.problem').first().waitFor();
    await assertLooksRight(form.view, 'profile-problems', ['light']);
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    await form.field('scopes').fill('a-scope-of-some-length-that-nobody-has-announced ');
    await form.field('scopes').click();
    await form.page.locator('.suggestions').waitFor();
    await assertLooksRight(form.view, 'profile-filled');
    await form.view.resize(narrow);
    const boxes = form.page.locator('.pair').first().locator('input');
    const widths = await boxes.evaluateAll((all) => all.map((box) => box.getBoundingClientRect().width));
    assert.equal(widths[0], widths[1]);
  });

  it('names who acts in an exchange, and says what an assertion will say before it is sent', async () => {
    const exchange = machineProfile({ grant: 'token_exchange', actorProfile: 'service' });
    const acting = await openFormPage(views, { existing: { profile: exchange, target: 'user' } });
    await acting.page.getByText('Advanced', { exact: false }).first().click();
    await acting.page.getByText('Actor token from profile').waitFor();
    assert.equal(await acting.field('actorProfile').inputValue(), 'service');
    await assertLooksRight(acting.view, 'profile-actor', ['dark', 'light']);
    const assertion = machineProfile({
      ...{ grant: 'jwt_bearer', clientAuthentication: 'none', assertionClaims: { sub: 'ada@example.com' } },
      tokenEndpoint: 'https://as.example.com/token',
    });
    const claims = await openFormPage(views, { existing: { profile: assertion, target: 'user' } });
    await claims.page
      .getByText(
        'The assertion says iss machine-client, sub ada@example.com, aud https://as.example.com/token, scope orders.read, and is good for 60 s.',
      )
      .waitFor();
    await assertLooksRight(claims.view, 'profile-claims', ['dark', 'light']);
  });

  it('keeps a machine’s profile as it was when only looked at', async () => {
    const profile = machineProfile();
    const form = await openFormPage(views, { existing: { profile, target: 'workspace' } });
    form.host.ids = [profile.id];
    await form.page.getByRole('button', { name: 'Save', exact: true }).click();
    await form.page.getByText('Saved to workspace settings.').waitFor();
    assert.deepEqual(form.host.saved, [{ profile, target: 'workspace' }]);
  });
});

/** Presses Tab until the element called `id` has the focus, as a keyboard user does. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let count = 0; count < 40; count++) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${id} cannot be reached by Tab.`);
}

/** What assistive technology is told of the text box called `name`. */
async function accessible(page: Page, name: string): Promise<{ description: string; invalid: string }> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const node = nodes.find(({ role, name: own }) => role?.value === 'textbox' && own?.value === name);
  const invalid = node?.properties?.find((property) => property.name === 'invalid');
  return { description: String(node?.description?.value ?? ''), invalid: String(invalid?.value.value) };
}
