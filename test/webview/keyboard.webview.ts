import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { ServerFacts } from '../../src/core/profileForm/serverFacts.ts';
import { checksModels, type ChecksModels } from './checksModels.ts';
import { apiModel, failureModel, scopesModel } from './diagnoseSamples.ts';
import { deviceEntry, FlowHost, flowEntries, waitingEntry } from './flowSamples.ts';
import { announced, assertFocusKept, assertKeyboard } from './keyboard.ts';
import { connected, faulty, running, wantsClientId } from './mcpModels.ts';
import { openFormPage } from './profileForm.ts';
import { tokenSamples } from './tokenSamples.ts';
import { useViews } from './view.ts';

const issuer = 'https://login.example.com/realms/shop';
const facts: ServerFacts = {
  document: `${issuer}/.well-known/openid-configuration`,
  kind: 'openid',
  issuer,
  tokenEndpoint: `${issuer}/token`,
  scopes: ['orders.read', 'orders.write'],
  authenticationMethods: ['client_secret_basic'],
  grants: ['client_credentials'],
};

describe('with the keyboard alone', { concurrency: false }, () => {
  const views = useViews();
  const ticking = useViews({ clock: true });
  let tokens: Awaited<ReturnType<typeof tokenSamples>>;
  let checks: ChecksModels;
  before(async () => {
    [tokens, checks] = [await tokenSamples(), await checksModels()];
  });

  /** The view that each state is one of, and its model. */
  const states: Readonly<Record<string, readonly [view: string, model: () => unknown]>> = {
    'a token': ['token', () => tokens['user']],
    'a token of many claims': ['token', () => tokens['many']],
    'a pasted token': ['token', () => tokens['pasted']],
    'a sign-in that worked': ['flow', () => new FlowHost(flowEntries.success).model],
    'a sign-in that waits': ['flow', () => new FlowHost(waitingEntry(3)).model],
    'a code to type': [
      'flow',
      () => new FlowHost(deviceEntry('https://login.example.com/device?user_code=WDJB-MJHT')).model,
    ],
    'a failed run': ['flow', () => new FlowHost(flowEntries.failure).model],
    'the plan of checks': ['checks', () => checks.plan],
    'a plan of which most does not apply': ['checks', () => checks.machinePlan],
    'checks under way': ['checks', () => checks.running],
    'the report of checks': ['checks', () => checks.faulty],
    'scopes to be tried': ['scopes', () => scopesModel('plan')],
    'scopes that were tried': ['scopes', () => scopesModel('done')],
    'a failure': ['failure', () => failureModel()],
    'an API’s answer': [
      'api',
      () => apiModel(403, '{"error":"forbidden"}', 'Bearer error="insufficient_scope"'),
    ],
    'an MCP server that was explored': ['mcp', () => faulty],
    'an MCP server that is connected': ['mcp', () => connected],
    'an MCP server under way': ['mcp', () => running],
    'an MCP server that wants a client id': ['mcp', () => wantsClientId],
  };

  for (const [name, [view, model]] of Object.entries(states)) {
    it(`${name}: all is reached in the order of reading, focus is seen and kept when it is drawn again`, async () => {
      const opened = await views.open(view, model(), { theme: 'hc-dark' });
      const stops = await assertKeyboard(opened, name);
      assert.ok(stops.length > 0);
      const some = stops.filter((_, at) => at % Math.ceil(stops.length / 12) === 0);
      await assertFocusKept(opened, name, some, model());
    });

    it(`${name}: says nothing again while nothing has changed`, async () => {
      const opened = await ticking.open(view, model());
      const heard = await announced(opened, async () => {
        await opened.show(model());
        // What ticks, ticks at least once.
        await opened.page.clock.runFor(1100);
        await opened.show(model());
      });
      assert.deepEqual(heard, []);
    });
  }

  it('the form: all is reached in the order of reading, focus is seen and kept when it is drawn again', async () => {
    const form = await openFormPage(views);
    form.host.servers.set(issuer, facts);
    await assertKeyboard(form.view, 'the choice of a provider');
    await form.page.locator('[data-provider=generic]').click();
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    const stops = await assertKeyboard(form.view, 'the form');
    const model = form.host.models.at(-1);
    const some = stops.filter((_, at) => at % Math.ceil(stops.length / 12) === 0);
    await assertFocusKept(form.view, 'the form', some, model);
    const heard = await announced(form.view, async () => {
      await form.view.show(model);
      await form.page.waitForTimeout(300);
    });
    assert.deepEqual(heard, []);
  });

  it('a step that is chosen is said by its own name, and not once more with all that was sent', async () => {
    const host = new FlowHost(flowEntries.success);
    const view = await views.open('flow', host.model, {
      onIntent: (intent) => {
        if (host.handle(intent)) void view.show(host.model);
      },
    });
    const heard = await announced(view, async () => {
      await view.page.getByRole('listbox', { name: 'Steps' }).locator('[aria-selected=true]').focus();
      await view.page.keyboard.press('Home');
      await view.page.locator('.detail h3', { hasText: /^1\./ }).waitFor();
    });
    assert.deepEqual(heard, []);
  });

  it('what a fix came to, and how a sign-in ended, is said once', async () => {
    const model = failureModel();
    const failure = await views.open('failure', model);
    const notice = { text: 'The profile was changed.', done: true };
    const fixed = await announced(failure, () => failure.show({ ...model, notice }));
    assert.deepEqual(
      fixed.map((text) => text.replace('Run again', '').trim()),
      ['The profile was changed.'],
    );
    const flow = await views.open('flow', new FlowHost(waitingEntry(3)).model);
    const ended = await announced(flow, () => flow.show(new FlowHost(flowEntries.success).model));
    assert.deepEqual(ended, ['A token was issued after 5 s.']);
  });

  it('how an MCP server came out is said once', async () => {
    const view = await views.open('mcp', running);
    const heard = await announced(view, () => view.show(faulty));
    assert.deepEqual(heard, [faulty.headline.text]);
  });

  it('Escape clears a filter, and closes no more', async () => {
    const { page } = await views.open('token', tokens['many']);
    const filter = page.getByRole('searchbox', { name: 'Filter claims' });
    const rows = page.getByLabel(/^Claims of the/).locator('.key-value');
    const all = await rows.count();
    await filter.fill('no such claim');
    await page.getByText(/^None of the/).waitFor();
    await filter.press('Escape');
    assert.equal(await filter.inputValue(), '');
    await page.getByText(/^None of the/).waitFor({ state: 'detached' });
    assert.equal(await rows.count(), all);
  });

  it('Escape closes what was opened and leaves the focus on what opened it', async () => {
    const { page } = await views.open('token', tokens['user']);
    const more = page.locator('.more-actions');
    await more.locator('summary').press('Enter');
    await more.getByRole('button', { name: 'Copy as curl' }).focus();
    await page.keyboard.press('Escape');
    assert.equal(await more.getAttribute('open'), null);
    assert.ok(await more.locator('summary').evaluate((summary) => summary === document.activeElement));
  });

  it('Escape closes suggestions and keeps what was typed, in the form and wherever text is typed', async () => {
    const form = await openFormPage(views);
    form.host.servers.set(issuer, facts);
    await form.page.locator('[data-provider=generic]').click();
    await form.field('issuer').fill(issuer);
    await form.discover(issuer);
    const scopes = form.page.getByRole('combobox', { name: 'Scopes' });
    await scopes.pressSequentially('ord');
    await form.page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
    for (let times = 0; times < 2; times++) {
      await scopes.press('Escape');
      assert.equal(await scopes.inputValue(), 'ord');
      assert.equal(await form.page.getByRole('listbox', { name: 'Suggestions' }).count(), 0);
    }
    await form.field('issuer').press('Escape');
    assert.equal(await form.field('issuer').inputValue(), issuer);
    const found = await views.open('scopes', scopesModel('done'));
    const more = found.page.getByLabel('More scopes to ask for');
    await more.fill('orders.read');
    await more.press('Escape');
    assert.equal(await more.inputValue(), 'orders.read');
    const mcp = await views.open('mcp', wantsClientId);
    await mcp.page.getByRole('textbox').fill('by-hand');
    await mcp.page.keyboard.press('Escape');
    assert.equal(await mcp.page.getByRole('textbox').inputValue(), 'by-hand');
  });
});
