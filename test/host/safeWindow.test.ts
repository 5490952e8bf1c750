import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type * as vscode from 'vscode';
import { commandLink, noticeMarkup, noticeText } from '../../src/host/noticeText.ts';
import { SafeWindow, type SpeakingWindow } from '../../src/host/safeWindow.ts';

/** Its number in VS Code's API, which is not to be had outside of it. */
const notification = 15 as unknown as vscode.ProgressLocation;

/** What VS Code makes a link of, see `parseLinkedText` in its src/vs/base/common/linkedText.ts. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

const foreign = [
  '[Trust](command:workbench.trust.manage)',
  '[[a]](command:x)',
  '[a](https://evil.example "title")',
  'a[b](file:///etc/passwd)',
  '\u202Egnp.exe\u0000\u001b[31m',
  `${'x'.repeat(100_000)}[a](command:x)`,
  '$(trash) $(sync~spin) \\$(key)',
  '$\u200b(trash)$\u0000(trash)',
];
/** What VS Code makes an icon of, see `renderLabelWithIcons` in its src/vs/base/browser/ui/iconLabel/iconLabels.ts. */
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
/** Controls, formats, and what reorders. */
const unseen = /[\p{Cc}\p{Cf}]/u;

/** Everything text-like that the window was handed. */
function recorder(answer?: (shown: readonly unknown[]) => unknown) {
  const heard: string[] = [];
  const hear = (value: unknown): void => {
    if (typeof value === 'string') heard.push(value);
    else if (Array.isArray(value)) value.forEach(hear);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(hear);
  };
  const say = (...all: unknown[]) => {
    hear(all);
    return Promise.resolve(answer?.(all));
  };
  const window = {
    showInformationMessage: say,
    showWarningMessage: say,
    showErrorMessage: say,
    showQuickPick: say,
    showInputBox: async (options: vscode.InputBoxOptions) => {
      hear(options);
      hear(await options.validateInput?.('typed'));
      return 'typed';
    },
    withProgress: (
      options: vscode.ProgressOptions,
      task: (progress: vscode.Progress<unknown>, token: unknown) => unknown,
    ) => {
      hear(options);
      const onCancellationRequested = () => ({ dispose: () => undefined });
      return task({ report: hear }, { isCancellationRequested: false, onCancellationRequested });
    },
    setStatusBarMessage: (text: string) => {
      hear(text);
      return { dispose: () => undefined };
    },
  } as unknown as SpeakingWindow;
  return { heard, safe: new SafeWindow(window, notification) };
}

it('what is typed is not lost when another window is looked at, but where the question says so', async () => {
  const asked: (boolean | undefined)[] = [];
  const window = {
    showInputBox: ({ ignoreFocusOut }: vscode.InputBoxOptions) => Promise.resolve(asked.push(ignoreFocusOut)),
  } as unknown as SpeakingWindow;
  const safe = new SafeWindow(window, notification);
  await safe.showInputBox({ title: 'URL' });
  await safe.showInputBox({ title: 'URL', ignoreFocusOut: false });
  assert.deepEqual(asked, [true, false]);
});

const places: Readonly<Record<string, (safe: SafeWindow, text: string) => unknown>> = {
  information: (safe, text) => safe.showInformationMessage(text),
  warning: (safe, text) => safe.showWarningMessage(text, text),
  error: (safe, text) => safe.showErrorMessage(text),
  'modal detail': (safe, text) => safe.showWarningMessage('a', { modal: true, detail: text }, text),
  'text before a link of our own': (safe, text) => safe.showErrorMessage({ text, links: [] }),
  'title and prompt': (safe, text) => safe.showInputBox({ title: text, prompt: text, placeHolder: text }),
  'validation text': (safe, text) => safe.showInputBox({ validateInput: () => text }),
  'validation message': (safe, text) =>
    safe.showInputBox({ validateInput: () => Promise.resolve({ message: text, severity: 3 }) }),
  'list title': (safe, text) => safe.showQuickPick([], { title: text, placeHolder: text }),
  'list item': (safe, text) =>
    safe.showQuickPick([{ label: text, description: text, detail: text }], { title: 'a' }),
  'progress title': (safe, text) => safe.withProgress(text, () => Promise.resolve()),
  'progress message': (safe, text) =>
    safe.withProgress('a', (report) => {
      report(text);
      report({ text, links: [] });
      return Promise.resolve();
    }),
  'status bar message': (safe, text) => safe.done(text),
};

describe('words from outside', () => {
  for (const [place, speak] of Object.entries(places))
    it(`make no link, draw no icon, hide nothing and end: ${place}`, async () => {
      for (const text of foreign) {
        const { heard, safe } = recorder();
        await speak(safe, text);
        assert.ok(heard.length > 0);
        for (const one of heard) {
          assert.doesNotMatch(one, link);
          assert.doesNotMatch(one, unseen);
          // In the status bar ours says that something is done.
          assert.doesNotMatch(place === 'status bar message' ? one.replace(/^\$\(check\) /, '') : one, icon);
          assert.ok(one.length <= 4000);
        }
        assert.ok(
          heard.some((one) => one.includes(noticeText(text, 20).slice(0, 10))),
          'It is still said.',
        );
      }
    });

  it('cannot become part of a link of our own', () => {
    for (const text of foreign) {
      const shown = noticeMarkup({
        text,
        links: [
          { label: `x](command:evil) ${text}`, command: 'ours', argument: { flow: "1)'](command:evil)" } },
        ],
      });
      const found = [...shown.matchAll(new RegExp(link, 'gi'))].map(([, , address]) => address);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', /^command:ours\?/);
      assert.doesNotMatch(shown.slice(shown.lastIndexOf('command:ours')), /'/);
    }
  });
});

it('a link of our own ends where it ends, whatever its argument holds', () => {
  const argument = { uri: "file:///a)'[x](command:evil).http" };
  const [, address = ''] =
    /^\[Renew\]\((command:ours\?[^()'\s]+)\)$/.exec(
      commandLink({ label: 'Renew', command: 'ours', argument }),
    ) ?? [];
  assert.deepEqual(JSON.parse(decodeURIComponent(address.split('?')[1] ?? '')), [argument]);
});

describe('the sources of Markdown', () => {
  it('write links to commands in one place', () => {
    for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.ts') && !/\bnoticeText\.ts$/.test(file))
        assert.doesNotMatch(readFileSync(join('src', file), 'utf8'), /\]\(command:\$\{/, file);
  });
});

describe('answers', () => {
  it('are the buttons that were given, whatever was shown', async () => {
    const odd = 'Trust \u202E[a](command:b)';
    const { safe } = recorder((all) => all.at(-1));
    assert.equal(await safe.showWarningMessage('a', 'other', odd), odd);
    assert.equal(await safe.showWarningMessage('a', { modal: true }, 'other', odd), odd);
    assert.equal(await recorder().safe.showWarningMessage('a', odd), undefined);
  });

  it('are the items that were given, one or many', async () => {
    const items = [{ label: 'a' }, { label: '[b](command:b)', more: 1 }];
    const second = recorder(([shown]) => (shown as unknown[])[1]);
    assert.equal(await second.safe.showQuickPick(items, {}), items[1]);
    const all = recorder(([shown]) => shown);
    const many = await all.safe.showQuickPick(items, { canPickMany: true });
    assert.equal(many?.[1], items[1]);
    assert.equal(many?.length, 2);
    assert.equal(await recorder().safe.showQuickPick(items, {}), undefined);
  });
});

describe('the sources', () => {
  it('speak through `dialogs` only', () => {
    const direct =
      /\b(?!dialogs\b)\w+\s*(?:\?\.|\.|\[['"])\s*(?:show(?:Information|Warning|Error)Message|showInputBox|showQuickPick|showWorkspaceFolderPick|createInputBox|createQuickPick|withProgress|setStatusBarMessage)\b/g;
    const taken =
      /\b(?:const|let)\s*\{[^}]{0,500}\}\s*=\s*vscode\.window\b|\{[^}]{0,500}\bwindow\b[^}]{0,500}\}\s*from 'vscode'/g;
    for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || /\bsafeWindow\.ts$/.test(file)) continue;
      const text = readFileSync(join('src', file), 'utf8');
      assert.deepEqual([...(text.match(direct) ?? []), ...(text.match(taken) ?? [])], [], file);
    }
  });
});

it('a text that opens a bracket does not lend its words to a link of ours', () => {
  const links = [{ label: 'Copy Code', command: 'oauthExplorer.copyUserCode', argument: { flow: '1' } }];
  for (const text of ['Type the code [Sign in here', '[a] and [[b', 'at https://[::1]/x', 'plain']) {
    const shown = noticeMarkup({ text, links });
    assert.equal(link.exec(shown)?.[1], 'Copy Code', shown);
  }
  assert.match(noticeMarkup({ text: 'at https://[::1]/x', links }), /^at https:\/\/\[::1\]\/x /);
});
