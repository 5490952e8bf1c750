import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { becomes } from '../support/becomes.ts';
import { openFile } from '../support/editors.ts';
import { pictureFailures } from '../support/session.ts';
import { waitFor } from '../support/processes.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

const fence =
  '# Orders\n\nGET http://not.a.request/\n\n```http\nGET http://127.0.0.1:8791/orders\nAccept: */*\n```\n';
const masked = (text: string) => text.replaceAll(/Bearer \S+/g, 'Bearer …');

describe('requests in the editor', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession({
      files: { 'notes.md': fence },
      userSettings: { 'oauthExplorer.insertBearerAs': 'literal', 'editor.hover.delay': 100 },
    });
    const { machine } = session.demo.clients;
    await session.keyring.store(`${machine.clientId}@${session.demo.issuer}`, machine.clientSecret ?? '');
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  /** The lenses that are drawn, from top to bottom. */
  const lenses = () =>
    session.workbench.page.locator('.editor-group-container.active .codelens-decoration a');
  const lens = (text: string | RegExp) => lenses().filter({ hasText: text });
  /** Text and cursor of the active editor. */
  const editor = () =>
    session.probe.run(({ vscode }) => {
      const active = vscode.window.activeTextEditor;
      return {
        text: active?.document.getText() ?? '',
        line: active?.selection.active.line ?? -1,
        character: active?.selection.active.character ?? -1,
      };
    }, null);
  const place = async () => {
    const { line, character } = await editor();
    return [line, character];
  };
  const textWith = (what: string, holds: (text: string) => boolean) =>
    waitFor(what, async () => {
      const state = await editor();
      return holds(state.text) ? state : undefined;
    });
  const putCursor = (line: number, character: number) =>
    session.probe.run(
      ({ vscode }, [at, column]) => {
        const active = vscode.window.activeTextEditor;
        if (active) active.selection = new vscode.Selection(at, column, at, column);
        return null;
      },
      [line, character] as const,
    );

  it('have a lens each; pressing it inserts the token, one undo takes it back, and the cursor stays', async () => {
    const { workbench, demo } = session;
    await openFile(session, 'orders.http');
    // VS Code draws them anew when it has more of them.
    const each = ['Insert bearer token', 'Send with token'];
    await becomes(() => lenses().allInnerTexts(), [...each, ...each]);
    await workbench.picture('lenses');
    await putCursor(2, 4);
    const before = await editor();
    await lens('Insert bearer token').first().click();
    await workbench.choose(demo.clients.machine.name);
    const inserted = await textWith('the header', (text) => text.includes('Authorization: Bearer '));
    assert.equal(
      masked(inserted.text),
      before.text.replace('/orders\n', '/orders\nAuthorization: Bearer …\n'),
    );
    const line = (text: string) => text.split('\n').indexOf('Accept: application/json');
    await becomes(place, [line(inserted.text), 4]);
    await workbench.page.locator('.editor-group-container.active .view-lines').click({ trial: true });
    await session.probe.run(({ vscode }) => vscode.commands.executeCommand('undo').then(() => null), null);
    const undone = await textWith('the undo', (text) => !text.includes('Bearer'));
    assert.equal(undone.text, before.text);
    await becomes(place, [before.line, before.character]);
    await session.probe.run(({ vscode }) => vscode.commands.executeCommand('redo').then(() => null), null);
    await textWith('the redo', (text) => text === inserted.text);
  });

  it('say whose token is there and how long it lives, and renew it in place', async () => {
    const { workbench, demo } = session;
    const { name } = demo.clients.machine;
    await lens(new RegExp(`${name} · .*left`)).waitFor();
    await workbench.picture('lens-renew');
    const before = await editor();
    await lens(name).click();
    const renewed = await textWith('another token', (text) => text !== before.text);
    assert.equal(masked(renewed.text), masked(before.text));
    await becomes(place, [before.line, before.character]);
    await lens(new RegExp(`${name} · .*left`)).waitFor();
    const token = /Bearer (\S+)/.exec(renewed.text)?.[1] ?? '';
    const answer = await fetch(`${demo.api}/orders`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200);
  });

  it('show in a hover what the token says, with a link that renews it', async () => {
    const { workbench, demo } = session;
    const { page } = workbench;
    const bearer = page.locator('.view-line span', { hasText: 'Bearer' }).last();
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: demo.clients.machine.name });
    // A pointer that came to rest while the line was drawn anew is noticed when it moves again.
    await waitFor('the hover', async () => {
      await bearer.hover({ position: { x: 10 + Math.random() * 40, y: 8 } });
      return hover.waitFor({ timeout: 2000 }).then(
        () => true,
        () => undefined,
      );
    });
    await hover.getByText(/left/).waitFor();
    await hover.getByText('orders.read').first().waitFor();
    await workbench.picture('bearer-hover');
    const before = await editor();
    await hover.getByRole('link', { name: 'Renew in place' }).click();
    const renewed = await textWith('another token', (text) => text !== before.text);
    assert.equal(masked(renewed.text), masked(before.text));
  });

  it('are found in http fences of Markdown too', async () => {
    const { workbench } = session;
    await workbench.command('File: Save');
    await openFile(session, 'notes.md');
    await becomes(() => lenses().allInnerTexts(), ['Insert bearer token', 'Send with token']);
    // The profile used last is the active one: there is nothing to ask.
    await lens('Insert bearer token').click();
    const { text } = await textWith('the header', (now) => now.includes('Bearer'));
    assert.equal(masked(text), fence.replace('/orders\n', '/orders\nAuthorization: Bearer …\n'));
    await lens(/left/).waitFor();
    await workbench.picture('lens-markdown');
  });

  it('decode a token that is selected, on the clipboard with line breaks, or typed', async () => {
    const { workbench } = session;
    const { text } = await editor();
    const token = /Bearer (\S+)/.exec(text)?.[1] ?? '';
    const decoded = async () => {
      const view = await workbench.webview('Decoded token');
      await view.getByText('orders.read').first().waitFor();
      return view;
    };
    const from = (where: string) =>
      session.probe.run(
        async ({ vscode }, [kind, value]) => {
          const active = vscode.window.activeTextEditor;
          await vscode.env.clipboard.writeText(kind === 'the clipboard' ? value : 'no token');
          if (kind === 'the selection' && active) {
            const line = active.document
              .getText()
              .split('\n')
              .findIndex((one) => one.includes('Bearer'));
            active.selection = new vscode.Selection(line, 0, line + 1, 0);
          } else await vscode.commands.executeCommand('workbench.action.closeAllEditors');
          return null;
        },
        [where, `Bearer ${token.slice(0, 80)}\r\n ${token.slice(80, 200)}\n${token.slice(200)}\n`] as const,
      );
    await workbench.command('File: Save');
    for (const where of ['the selection', 'the clipboard', 'typed input']) {
      await from(where);
      await workbench.command('OAuth Explorer: Decode Token…');
      if (where === 'typed input') await workbench.answer('Decode Token', `bearer ${token}`);
      const view = await decoded();
      await view.getByText(`From ${where}`).first().waitFor();
      if (where === 'the clipboard') await workbench.picture('decoded-token');
      await workbench.closeEditors();
    }
  });
});
