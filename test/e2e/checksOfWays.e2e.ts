import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { DemoClients } from '../../src/demo/clients.ts';
import type { DemoServers } from '../../src/demo/demoServers.ts';
import { demoProfile } from '../../src/demo/workspace.ts';
import { waitFor } from '../support/processes.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { startPackagedDemo } from './packagedDemo.ts';
import { openSession } from './sharedSession.ts';

/** Milliseconds for a run of a few checks on a busy machine. */
const runLimit = 120_000;

type Found = 'fail' | 'weakness';

/** What is checked of which client of the demo, and what is found once its server has all these faults. */
interface Way {
  readonly of: keyof DemoClients;
  readonly change?: Readonly<Record<string, unknown>>;
  /** The titles of the areas that stay in the plan begin so. */
  readonly areas: RegExp;
  /** By the fault: the check that finds it, and its verdict then. */
  readonly faults: Readonly<Record<string, readonly [id: string, verdict: Found]>>;
  /** Checks that pass with these faults, too. */
  readonly besides?: readonly string[];
}

const ways: Readonly<Record<string, Way>> = {
  'assertions of a private key, and introspection': {
    of: 'keyed',
    areas: /^(?:Client authentication|Access tokens)/,
    faults: {
      'assertion-unsigned-accepted': ['client.assertion-unsigned', 'fail'],
      'assertion-key-ignored': ['client.assertion-other-key', 'fail'],
      'assertion-for-anybody': ['client.assertion-audience', 'fail'],
      'assertion-expiry-ignored': ['client.assertion-expired', 'fail'],
      'assertion-replay-accepted': ['client.assertion-replayed', 'weakness'],
      'introspection-open': ['token.introspection-open', 'fail'],
    },
  },
  'device codes': {
    of: 'device',
    areas: /^Device codes/,
    faults: {
      'user-codes-count-up': ['device.user-code', 'fail'],
      'polling-unlimited': ['device.polling', 'weakness'],
      'device-code-twice': ['device.code-twice', 'weakness'],
    },
  },
  'pushed requests, and tokens bound to a key': {
    of: 'native',
    change: { dpop: true, pushAuthorizationRequest: true },
    areas: /^(?:Pushed requests|Tokens bound)/,
    faults: {
      'pushed-twice': ['par.used-twice', 'weakness'],
      'pushed-for-any-client': ['par.other-client', 'fail'],
      'pushed-merged': ['par.outside', 'fail'],
      'bound-as-bearer': ['dpop.bearer', 'fail'],
      'proof-replay-accepted': ['dpop.replayed', 'weakness'],
      'proof-for-any-address': ['dpop.htu', 'fail'],
      'proof-for-any-method': ['dpop.htm', 'fail'],
      'proof-for-any-token': ['dpop.ath', 'fail'],
      'proof-of-any-key': ['dpop.other-key', 'fail'],
    },
  },
  'FAPI 2.0, as one group': {
    of: 'bound',
    change: { fapi2: true },
    areas: /^FAPI 2\.0/,
    faults: {
      'pushing-optional': ['fapi.par-required', 'fail'],
      'binding-optional': ['fapi.sender-constrained', 'fail'],
      'rotation-kept': ['fapi.refresh-rotation', 'weakness'],
    },
    besides: ['fapi.par-authenticated', 'fapi.authentication', 'par.outside', 'dpop.bearer', 'pkce.plain'],
  },
};

describe('the checks of further ways to a token, with what users install', () => {
  let session: Session;
  let demo: DemoServers;
  before(async () => {
    demo = await startPackagedDemo();
    const { clients, issuer } = demo;
    const own = Object.values(ways).map(({ of, change }) => ({ client: clients[of], change }));
    // Another client is what a pushed request is tried with.
    const all = [...own, { client: clients.web, change: {} }];
    session = await openSession({
      userSettings: {
        'oauthExplorer.profiles': all.map(({ client, change }) => ({
          ...demoProfile(issuer, client),
          ...change,
        })),
      },
      viewport: { width: 1400, height: 1000 },
    });
    for (const { client } of all) {
      const secret = client.key ?? client.clientSecret;
      if (secret !== undefined) await session.keyring.store(`${client.clientId}@${issuer}`, secret);
    }
  });
  after(async () => {
    await session.close();
    await demo.close();
  });
  pictureFailures(() => session);

  /** Opens the plan, and leaves out all but some areas. */
  async function plan(profile: string, wanted: RegExp): Promise<FrameLocator> {
    await session.workbench.closeEditors();
    await session.workbench.commandAndChoose('OAuth Explorer: Check Redirect and PKCE…', profile);
    const view = await session.workbench.webview(`Checks: ${profile}`);
    await view.locator('.cost').waitFor();
    for (const area of await view.locator('legend').all()) {
      if (wanted.test(await area.locator('.area').innerText())) continue;
      const chosen = () => area.locator('.count').innerText();
      await waitFor('the area to be left out', async () => {
        const before = await chosen();
        if (!/^[1-9]/.test(before)) return true;
        // What is chosen in part is chosen as a whole first.
        await area.getByRole('checkbox').click();
        await waitFor('the plan to change', async () => (await chosen()) !== before || undefined);
        return undefined;
      });
    }
    return view;
  }

  /** Presses, signs in wherever a browser is sent, and waits for the report. */
  async function run(view: FrameLocator, button: RegExp, done: Locator): Promise<void> {
    const { context, workbench } = session;
    const opened = (): Page[] => context.pages().filter((page) => page !== workbench.page);
    await view.getByRole('button', { name: button }).first().click();
    await waitFor(
      'the report',
      async () => {
        for (const page of opened()) await allow(page);
        return (await done.count()) > 0 || undefined;
      },
      runLimit,
    ).catch(async (error: unknown) => {
      const texts = await Promise.all([view, ...opened()].map((one) => one.locator('body').innerText()));
      assert.fail(`${String(error)} Shown: ${texts.join('\n---\n').slice(0, 4000)}`);
    });
    for (const page of opened()) await page.close();
  }

  for (const [name, { of, areas, faults, besides = [] }] of Object.entries(ways))
    it(`passes ${name}, and finds each fault of the server in the next run`, async () => {
      const view = await plan(demo.clients[of].name, areas);
      const all = [...Object.values(faults).map(([id]) => id), ...besides];
      const verdicts = async () => {
        const rows = await view
          .locator('tr[data-check]')
          .evaluateAll((found) =>
            found.map(({ dataset }): [string, string] => [dataset['check'] ?? '', dataset['verdict'] ?? '']),
          );
        return Object.fromEntries(rows.filter(([id]) => all.includes(id)));
      };
      const right = Object.fromEntries(all.map((id) => [id, 'pass']));
      await run(view, /^Run \d+ checks?/, view.getByRole('button', { name: 'Run again' }));
      assert.deepEqual(await verdicts(), right);
      await session.workbench.picture(`checks-of-${of}`);
      demo.setFaults(Object.keys(faults));
      await run(view, /^Run again/, view.getByText(/^Since the last run: /));
      demo.setFaults([]);
      assert.deepEqual(await verdicts(), { ...right, ...Object.fromEntries(Object.values(faults)) });
      await session.workbench.picture(`checks-of-${of}-faults`);
    });
});

/** Presses what a page of the demo asks for, if anything. A page that goes on meanwhile is looked at again. */
async function allow(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^(?:Allow|Yes, continue)$/ });
  if (await button.isVisible().catch(() => false))
    await button.click({ timeout: 3000 }).catch(() => undefined);
}
