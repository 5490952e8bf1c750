import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoClients } from '../../src/demo/clients.ts';
import { becomes } from '../support/becomes.ts';
import { root } from '../support/folders.ts';
import { startMcpSdkServer, type RunningMcpServer } from '../support/servers/mcpSdk.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

const { machine, device, exchange, crossApp, keyed, telephone, bound } = demoClients('no matter which');
const walkthrough = 'oauth-explorer.oauth-explorer#start';

describe('the walkthrough with what users install', () => {
  let session: Session;
  let mcp: RunningMcpServer;
  before(async () => {
    mcp = await startMcpSdkServer();
    // In a VS Code of its own: what other suites did in theirs would have ticked its steps before.
    session = await openSession({ env: {} });
    await session.workbench.showContainer('OAuth');
  });
  after(async () => {
    await session.close();
    await mcp.close();
  });
  pictureFailures(() => session);

  type Press = () => Promise<void>;

  const hasToken = (name: string) => session.workbench.webview(`Token: ${name}`);
  const atOnce = (name: string) => async (press: Press) => {
    await press();
    await hasToken(name);
  };
  const inBrowser = (name: string) => async (press: Press) => {
    const page = await session.workbench.browserPage(press);
    await page.getByRole('button', { name: 'Allow' }).click();
    await hasToken(name);
    await page.close();
  };
  const atMcp = (title: string, view: RegExp) => async (press: Press) => {
    await press();
    await session.workbench.answer(title, mcp.url);
    await session.workbench.webview(view);
  };

  /** What each link of a step leads to, in their order. */
  const steps: Readonly<Record<string, readonly (readonly [string, (press: Press) => Promise<unknown>])[]>> =
    {
      demo: [
        [
          'Start Demo Server',
          async (press) => {
            await press();
            await session.workbench.treeItem('Profiles', machine.name).first().waitFor();
            await session.workbench.page.locator('.view-line', { hasText: '/orders' }).first().waitFor();
          },
        ],
        [
          'Add a profile',
          async (press) => {
            await press();
            const form = await session.workbench.webview('New Profile');
            await form.locator('[data-provider=generic]').waitFor();
          },
        ],
      ],
      token: [
        [
          'Get Token',
          async (press) => {
            await press();
            await session.workbench.choose(machine.name);
            await hasToken(machine.name);
          },
        ],
      ],
      inside: [
        [
          'Show Token',
          async (press) => {
            await press();
            await session.workbench.choose(machine.name);
            await (await hasToken(machine.name)).getByText('Signature valid', { exact: true }).waitFor();
          },
        ],
      ],
      use: [
        [
          'Insert Bearer Token',
          async (press) => {
            await press();
            await session.workbench.choose(machine.name);
            await becomes(
              () =>
                session.probe.run(
                  ({ vscode }) =>
                    vscode.workspace.textDocuments.some((document) =>
                      document.getText().includes('Authorization: Bearer '),
                    ),
                  null,
                ),
              true,
            );
          },
        ],
        [
          'the device flow',
          async (press) => {
            const { workbench } = session;
            await press();
            const waits = workbench.page.locator('.statusbar-item', { hasText: `${device.name} · waiting` });
            await waits.click();
            const flow = await workbench.webview(`Flow: ${device.name}`);
            await flow.getByRole('button', { name: 'Cancel' }).click();
            await waits.waitFor({ state: 'detached' });
          },
        ],
        ['token exchange', inBrowser(exchange.name)],
        ['cross-app access', inBrowser(crossApp.name)],
        ['a private key', atOnce(keyed.name)],
        ['approval on a phone', inBrowser(telephone.name)],
        ['pushed, signed and bound requests', inBrowser(bound.name)],
        [
          'choose one',
          async (press) => {
            await press();
            // In no order: its rows are drawn as they come into sight.
            const offered = await session.workbench.choices();
            assert.ok(offered.includes(machine.name.replace('Demo: ', '')), offered.join());
            await session.workbench.page.keyboard.press('Escape');
          },
        ],
      ],
      mcp: [
        ['Explore MCP Server', atMcp('Explore MCP Server', /^MCP: 127/)],
        ['Check MCP Server', atMcp('Check MCP Server', /^Checks: 127/)],
      ],
    };

  it('has no other links than these', async () => {
    const texts = JSON.parse(await readFile(join(root, 'package.nls.json'), 'utf8')) as Record<
      string,
      string
    >;
    for (const [step, links] of Object.entries(steps)) {
      const said = texts[`walkthrough.${step}.description`] ?? '';
      assert.deepEqual(
        [...said.matchAll(/\[([^\]]+)\]\(/g)].map(([, label]) => label),
        links.map(([label]) => label),
      );
    }
    assert.equal(
      Object.keys(texts).filter((key) => /^walkthrough\.\w+\.description$/.test(key)).length,
      Object.keys(steps).length,
    );
  });

  /** Opens a step, as whoever comes back to the tour does. */
  async function opened(step: string) {
    await session.probe.run(
      ({ vscode }, [category, id]) =>
        vscode.commands
          .executeCommand('workbench.action.openWalkthrough', { category, step: id })
          .then(() => null),
      [walkthrough, step] as const,
    );
    return session.workbench.page.locator(
      `.getting-started-step.expanded[data-step-id="${walkthrough}#${step}"]`,
    );
  }

  /** Closes what the links have opened: what is found later is what a later one has. */
  async function closeViews(): Promise<void> {
    await session.probe.run(async ({ vscode }) => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(
        tabs.filter(({ input }) => input instanceof vscode.TabInputWebview),
      );
      return null;
    }, null);
    // The walkthrough's own pictures stand in such frames, too.
    const { page } = session.workbench;
    const left = async () => {
      const titles = page.frames().map((frame) => frame.title().catch(() => ''));
      return (await Promise.all(titles)).filter((title) => /^(?:New Profile|\w+: )/.test(title));
    };
    await becomes(left, []);
  }

  for (const [step, links] of Object.entries(steps))
    for (const [label, leads] of links)
      it(`leads on from “${label}”`, async () => {
        const shown = await opened(step);
        await leads(() => shown.getByText(label, { exact: true }).first().click());
        await closeViews();
      });

  it('has ticked every step by then', async () => {
    await opened('demo');
    const ticks = session.workbench.page.locator(
      '.getting-started-step .codicon-getting-started-step-checked',
    );
    await becomes(() => ticks.count(), Object.keys(steps).length);
    await session.workbench.picture('walkthrough-done');
  });
});
