import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Browser,
  BrowserContext,
  ElementHandle,
  Frame,
  FrameLocator,
  Locator,
  Page,
} from 'playwright-core';
import { root } from './folders.ts';
import { waitFor } from './processes.ts';

/** Milliseconds, against what hangs: on a machine that is five times slower than usual everything takes five times as long. */
const limit = 180_000;
/** Milliseconds for what is there by now, or has to be called for again, since the window was drawn anew. */
const soon = 3000;
/** Milliseconds for one click, which is tried again. */
const once = 10_000;
const always = () => true as const;
const never = () => undefined;

/**
 * VS Code's frame around a webview registers its service worker anew and looks for a newer one, each time. On a busy machine the
 * second never ends while Playwright holds the debugger's end of the browser, and the webview stays blank. Within a test there is
 * no newer one: what controls the frame is taken as it is.
 */
const keepServiceWorker = `if ('serviceWorker' in navigator) {
  const { serviceWorker } = navigator;
  const register = serviceWorker.register.bind(serviceWorker);
  serviceWorker.register = async (...args) =>
    (serviceWorker.controller && (await serviceWorker.getRegistration())) ?? (await register(...args));
  ServiceWorkerRegistration.prototype.update = async function () {
    return this;
  };
}`;

/** What moves by itself, such as a progress bar while something is waited for, has the window painted sixty times a second. */
const noAnimations = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '*, *::before, *::after { animation: none !important; } .scrollbar { transition: none !important; }'
  );
  document.adoptedStyleSheets.push(sheet);
}`;

/**
 * VS Code's window takes each message of its server as a blob, which is kept by the browser's own process and read back from there.
 * As bytes it is there at once.
 */
const messagesAsBytes = `{
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.binaryType = 'arraybuffer';
    }
  };
  const read = FileReader.prototype.readAsArrayBuffer;
  FileReader.prototype.readAsArrayBuffer = function (data) {
    if (data instanceof ArrayBuffer) this.onload({ target: { result: data } });
    else read.call(this, data);
  };
}`;

/** What pages of one user share; the clipboard is the user's. */
export async function openContext(browser: Browser, server: string): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  await context.addInitScript({ content: noAnimations });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server });
  await context.addInitScript({ content: keepServiceWorker });
  await context.addInitScript({ content: messagesAsBytes });
  return context;
}

/** Of a window, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A VS Code window in the browser, driven the way a person drives it. */
export class Workbench {
  readonly page: Page;
  readonly context: BrowserContext;
  #places = 0;

  constructor(page: Page) {
    this.page = page;
    this.context = page.context();
    page.setDefaultTimeout(limit);
  }

  /** Opens a window on `folder` and waits until it can be used. */
  static async open(
    context: BrowserContext,
    server: string,
    folder: string,
    { viewport = { width: 1400, height: 900 }, logLevel }: { viewport?: Size; logLevel?: string } = {},
  ): Promise<Workbench> {
    // The tab of a window that was closed has the workbench's code still compiled.
    const left = context.pages().find((page) => page.url() === `${server}/manifest.json`);
    const workbench = new Workbench(left ?? (await context.newPage()));
    await workbench.page.setViewportSize(viewport);
    const payload = logLevel === undefined ? '' : `&payload=${JSON.stringify([['logLevel', logLevel]])}`;
    await workbench.page.goto(`${server}/?folder=${encodeURI(folder)}${payload}`);
    await workbench.ready();
    return workbench;
  }

  /** Closes the window, and forgets what VS Code keeps in the browser. */
  async close(server: string): Promise<void> {
    // Leaving the page as a user does ends its extension host; the manifest is a file beside it that runs nothing.
    await this.page.goto(`${server}/manifest.json`);
    await this.page.evaluate(async () => {
      localStorage.clear();
      for (const { name } of await indexedDB.databases())
        if (name !== undefined) indexedDB.deleteDatabase(name);
    });
  }

  /** Waits until the window is drawn and its extensions run. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: limit });
    await this.page.locator('.statusbar-item').first().waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: limit });
  }

  /** Waits until VS Code keeps a state that holds `text`; in a browser it does so a little later, and not when it is left. */
  async kept(text: string): Promise<void> {
    await waitFor(`VS Code to keep ${text}`, async () =>
      (await this.page.evaluate(`(async () => {
        const result = (request) => new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        for (const { name } of await indexedDB.databases()) {
          if (!name?.startsWith('vscode-web-state-db-')) continue;
          const database = await result(indexedDB.open(name));
          try {
            const values = await result(database.transaction('ItemTable').objectStore('ItemTable').getAll());
            if (values.some((value) => String(value).includes(${JSON.stringify(text)}))) return true;
          } finally {
            database.close();
          }
        }
        return false;
      })()`)) === true
        ? true
        : undefined,
    );
  }

  /** Reloads the window, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: limit });
    await this.page.locator('.statusbar-item').first().waitFor();
  }

  /** Runs a command by its whole title from the command palette. */
  async command(title: string): Promise<void> {
    const input = this.quickInput();
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(title) }) })
      .first();
    // A view or a command that takes the focus late closes the palette: then once more.
    await waitFor(
      `“${title}” in the palette`,
      async () => {
        // From a view, VS Code gives the focus back when the palette closes, late enough to close what the command has opened.
        await this.page.evaluate(() => {
          if (document.activeElement instanceof HTMLIFrameElement) document.activeElement.blur();
        });
        await this.page.keyboard.press('F1');
        if (!(await input.fill(`>${title}`, { timeout: once }).then(always, never))) return undefined;
        // The palette lists the commands of when it was opened: of a window that has just opened, not yet those of the extension.
        const found = row.waitFor({ timeout: 2 * soon }).then(always, never);
        if (!(await Promise.race([found, input.waitFor({ state: 'hidden' }).then(never)]))) {
          if (await input.isVisible()) await this.page.keyboard.press('Escape');
          return undefined;
        }
        return row.click({ timeout: once }).then(always, never);
      },
      limit,
    ).catch(async (error: unknown) => {
      assert.fail(`${String(error)} Shown: ${await this.#shown()}`);
    });
  }

  /** Runs a command as somebody without a mouse does: the first row of the palette is taken once it is the command’s. */
  async commandByKeyboard(title: string): Promise<void> {
    const { keyboard } = this.page;
    await keyboard.press('F1');
    await this.quickInput().waitFor();
    await keyboard.type(title);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await keyboard.press('Enter');
  }

  /** Closes all editors. */
  async closeEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    await this.editorsClosed();
  }

  /** Waits until closed editors are gone: a view of the same name is opened anew, not found in its old frame. */
  async editorsClosed(): Promise<void> {
    await waitFor('the editors to be closed', async () =>
      (await this.page.locator('.editor-group-container .tab').count()) === 0 &&
      !this.page.frames().some((frame) => frame.url().includes('fake.html'))
        ? true
        : undefined,
    );
  }

  /** Copies `text`. A browser lets only the page do so that has the focus, which a view that was closed may have taken with it. */
  async copy(text: string): Promise<void> {
    await this.page.bringToFront();
    await waitFor(
      'the clipboard to take the text',
      () =>
        this.page.evaluate((copied) => {
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          globalThis.focus();
          return navigator.clipboard.writeText(copied).then(
            () => true,
            () => undefined,
          );
        }, text),
      limit,
    );
  }

  /** What was copied, once `holds`: like writing, reading is refused to a page without the focus. */
  async copied(what: string, holds: (text: string) => boolean): Promise<string> {
    return waitFor(`${what} on the clipboard`, async () => {
      const text = await this.page.evaluate(() => navigator.clipboard.readText()).catch(never);
      if (text === undefined) await this.page.bringToFront();
      return text !== undefined && holds(text) ? text : undefined;
    });
  }

  /** The input of the quick pick or input box that is open. */
  quickInput(): Locator {
    return this.page
      .locator('.quick-input-widget:visible input.input, .quick-input-widget:visible .input[type]')
      .first();
  }

  /** The quick pick's or input box's texts: title, prompt, and validation message. */
  async quickInputText(): Promise<string> {
    return this.page.locator('.quick-input-widget:visible').innerText();
  }

  /** The labels offered by the quick pick that is open. */
  async choices(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** Chooses an entry of the quick pick that is open. */
  async choose(label: string | RegExp, timeout = limit): Promise<void> {
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: label }) })
      .first();
    await row.waitFor({ timeout });
    await row.click({ timeout });
  }

  /**
   * Runs a command that asks, and chooses what it asks for, one question after the other. Again, when a view that takes the focus
   * late (its editor was just shown) has closed one of them.
   */
  async commandAndChoose(title: string, ...labels: readonly (string | RegExp)[]): Promise<void> {
    await waitFor(
      `“${title}” to ask for ${labels.join(', then ')}`,
      async () => {
        await this.command(title);
        for (const label of labels) if (!(await this.#chosen(label))) return undefined;
        return true;
      },
      limit,
    );
  }

  /** Chooses from a question that is about to be asked; false when it is closed before. */
  async #chosen(label: string | RegExp): Promise<boolean> {
    const question = this.page.locator('.quick-input-widget:visible');
    const choice = this.page
      .locator('.quick-input-list .monaco-list-row .label-name', { hasText: label })
      .first();
    const end = Date.now() + 3 * once;
    // Closed for longer than between the palette and the question.
    for (let closed = 0; closed < 50 && Date.now() < end; closed++) {
      if (await choice.isVisible())
        return this.choose(label, once).then(
          () => true,
          () => false,
        );
      if ((await question.count()) > 0) closed = 0;
      await this.page.waitForTimeout(100);
    }
    return false;
  }

  /** Types into the input box whose title or prompt holds `about`, and confirms. */
  async answer(about: string | RegExp, text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:visible').filter({ hasText: about });
    await widget.waitFor();
    await this.quickInput().fill(text);
    await this.quickInput().press('Enter');
  }

  /** The notification that holds `text`, once it shows. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** All notifications' texts that show now. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Takes the notifications away one by one, as a person does; the palette would take the focus from what is to be seen. */
  async clearNotifications(): Promise<void> {
    const close = this.page.locator(
      '.notifications-toasts .notification-list-item .codicon-notifications-clear',
    );
    const first = this.page.locator('.notifications-toasts .notification-list-item').first();
    // One that goes by itself takes neither.
    await waitFor('no notification to be left', async () => {
      if ((await close.count()) === 0) return true;
      await first.hover({ timeout: once }).catch(never);
      await close.first().click({ timeout: once }).catch(never);
      return undefined;
    });
  }

  /**
   * Presses a button of the notification that holds `text`. What comes as the fourth within 800 ms, VS Code lists behind the bell
   * and does not show by itself: it is taken from there, as a person does.
   */
  async pressInNotification(text: string | RegExp, button: string): Promise<void> {
    const center = this.page.locator('.notifications-center.visible');
    const listed = center.locator('.notification-list-item').filter({ hasText: text });
    const wanted = this.notification(text).or(listed).getByRole('button', { name: button, exact: true });
    await waitFor(
      `the notification to take ${button}`,
      async () => {
        const found = await wanted.first().elementHandle({ timeout: soon }).catch(never);
        if (found !== undefined) return this.#press(found);
        if (!(await center.isVisible())) await this.#bell().click({ timeout: once }).catch(never);
        return undefined;
      },
      limit,
    );
    await this.#hideCenter();
  }

  /** Presses a button of the modal dialog. */
  async pressInDialog(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
  }

  /** Shows a view container by its title in the activity bar. */
  async showContainer(title: string): Promise<void> {
    const item = this.page.locator('.part.activitybar').getByRole('tab', { name: title });
    const shown = this.page.locator('.part.sidebar .composite.title').filter({ hasText: title });
    await waitFor(
      `the container ${title}`,
      async () => {
        if (await shown.isVisible()) return true;
        if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
        // A window that is being restored may have shown it by itself, and the click has closed it: look again.
        await shown.waitFor({ timeout: soon }).catch(() => undefined);
        return (await shown.isVisible()) ? true : undefined;
      },
      limit,
    );
  }

  /** A section of the side bar (a tree view) by its title. */
  view(title: string): Locator {
    return this.page.locator('.part.sidebar .pane').filter({
      has: this.page.locator('.pane-header .title', { hasText: exactly(title) }),
    });
  }

  /** A row of a tree view, found by a text in it. */
  treeItem(view: string, text: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem').filter({ hasText: text });
  }

  /** Clicks a row of a tree view, which opens what it stands for; again, when it was drawn anew just then. */
  async openRow(view: string, text: string | RegExp): Promise<void> {
    await waitFor(
      `the row ${String(text)} to be clicked`,
      async () => {
        const row = await this.treeItem(view, text).first().elementHandle({ timeout: soon }).catch(never);
        return row && this.#press(row);
      },
      limit,
    );
  }

  /** Chooses an entry of a tree row's context menu. */
  async pressInMenu(view: string, text: string | RegExp, entry: string | RegExp): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry });
    // Clicked, and gone then: it was taken, however late the menu closes.
    let clicked = false;
    await waitFor(
      `the menu to take ${String(entry)}`,
      async () => {
        if ((await item.count()) === 0) {
          if (clicked) return true;
          // A row that is drawn anew closes its menu.
          await this.treeItem(view, text).click({ button: 'right', timeout: once }).catch(never);
        }
        // A menu that has only just opened takes no click yet, and stays.
        clicked = (await item.click({ timeout: once }).then(always, never)) ?? clicked;
        return clicked ? item.waitFor({ state: 'detached', timeout: 1000 }).then(always, never) : undefined;
      },
      limit,
    );
  }

  /** Presses an inline action of a tree row. */
  async pressInline(view: string, text: string | RegExp, action: string | RegExp): Promise<void> {
    const row = this.treeItem(view, text);
    await waitFor(
      `the row to take ${String(action)}`,
      async () => {
        await row.hover();
        // A row that has news is drawn anew or moves away from the mouse, and has its buttons no longer.
        const button = await row
          .getByRole('button', { name: action })
          .first()
          .elementHandle({ timeout: soon })
          .catch(never);
        if (button === undefined) return undefined;
        return this.#press(button);
      },
      limit,
    );
  }

  /** Presses a button of what may be drawn anew or move at any moment: what was pressed just then is lost, only what the button got counts. */
  async #press(button: ElementHandle<Element>): Promise<true | undefined> {
    await this.page.waitForTimeout(150);
    const got = await button.evaluateHandle((element) => {
      const clicks = { count: 0 };
      element.addEventListener('click', () => clicks.count++, { capture: true });
      return clicks;
    });
    if (!(await button.evaluate((element) => element.isConnected))) return undefined;
    await button.click({ timeout: once }).catch(never);
    return (await got.evaluate(({ count }) => count)) > 0 ? true : undefined;
  }

  /** Presses an action in the title of a view of the side bar. */
  async pressInTitle(view: string, action: string): Promise<void> {
    const header = this.view(view).locator('.pane-header');
    await waitFor(
      `the title to take ${action}`,
      async () => {
        await header.hover();
        // Its buttons are drawn anew when what can be done changes.
        const button = header.getByRole('button', { name: action });
        const found = await button.elementHandle({ timeout: soon }).catch(never);
        return found && this.#press(found);
      },
      limit,
    );
  }

  /**
   * The page of the webview with this title (or that matches), once it is drawn. VS Code draws it anew as it likes, such as when
   * its tab was behind another: what is looked for in it is looked for in the frame that is there then.
   */
  async webview(title: string | RegExp): Promise<FrameLocator> {
    const place = await waitFor(
      `the place of the webview called ${String(title)}`,
      async () => {
        const outer = (await this.frame(title)).parentFrame();
        const element = await outer?.frameElement().catch(never);
        // What holds the frame lives as long as the tab.
        return element
          ?.evaluate(
            (frame, next) => {
              const holder = frame.parentElement;
              return holder ? (holder.dataset['place'] ??= next) : undefined;
            },
            String(++this.#places),
          )
          .catch(never);
      },
      limit,
    );
    return this.page
      .locator(`[data-place="${place}"]`)
      .frameLocator('iframe.webview')
      .frameLocator('#active-frame');
  }

  /** The frame in which VS Code shows that page now. */
  async frame(title: string | RegExp): Promise<Frame> {
    return waitFor(
      `a webview called ${String(title)}`,
      async () => {
        for (const frame of this.page.frames()) {
          if (!frame.url().includes('fake.html')) continue;
          const found = await frame.title().catch(() => '');
          const matches = typeof title === 'string' ? found === title : title.test(found);
          if (!matches) continue;
          // VS Code may take a frame away and draw another.
          const elements = await frame
            .locator('body > *')
            .count()
            .catch(() => 0);
          if (elements > 0) return frame;
        }
        return undefined;
      },
      limit,
    );
  }

  /** The text of the editor that has the focus, as it is drawn line by line (what fits the window). */
  async editorLines(): Promise<string[]> {
    const lines = this.page.locator('.editor-group-container.active .view-lines .view-line');
    const placed = await lines.evaluateAll((all) =>
      all.map((line) => ({ top: Number.parseInt(line.style.top, 10), text: line.textContent })),
    );
    return placed.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' '));
  }

  /** With `OAUTH_EXPLORER_PICTURES` set: saves a picture of the window to out/screenshots, to be looked at by a person. */
  async picture(name: string): Promise<void> {
    if (process.env['OAUTH_EXPLORER_PICTURES']) await this.screenshot(name);
  }

  /** Saves a picture of the window to out/screenshots. */
  async screenshot(name: string): Promise<string> {
    const folder = join(root, 'out', 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Does `act` (which makes the extension open the browser) and gives the browser page it opened. */
  async browserPage(act: () => Promise<void>): Promise<Page> {
    const opened: Page[] = [];
    const note = (page: Page) => opened.push(page);
    this.context.on('page', note);
    try {
      await act();
      await waitFor('a page to be opened', () => opened[0], limit);
    } catch (error) {
      assert.fail(`${String(error)} Shown: ${await this.#shown()}`);
    } finally {
      this.context.off('page', note);
    }
    const [page] = opened;
    assert.ok(page);
    page.setDefaultTimeout(limit);
    return page;
  }

  /**
   * Fails with what is on the screen when no notification holding `text` comes. One that came while something else was waited
   * for has gone by itself: it is listed behind the bell.
   */
  async expectNotification(text: string | RegExp): Promise<void> {
    const center = this.page.locator('.notifications-center.visible');
    const listed = center.locator('.notification-list-item').filter({ hasText: text });
    const wanted = this.notification(text).or(listed).first();
    await waitFor(
      `a notification that says ${String(text)}`,
      async () => {
        if (await wanted.waitFor({ timeout: soon }).then(always, never)) return true;
        if (!(await center.isVisible())) await this.#bell().click({ timeout: once }).catch(never);
        return undefined;
      },
      limit,
    ).catch(async (error: unknown) => {
      assert.fail(`${String(error)} Shown: ${await this.#shown()}`);
    });
    await this.#hideCenter();
  }

  #bell(): Locator {
    return this.page.locator('.statusbar-item[id="status.notifications"]');
  }

  /** While it is open, what comes next is not shown by itself. */
  async #hideCenter(): Promise<void> {
    const center = this.page.locator('.notifications-center.visible');
    const hide = center.getByRole('button', { name: /^Hide Notifications/ });
    if (await center.isVisible()) await hide.click();
  }

  /** Notifications, the question and the dialog that are open: what a log says of a window nobody sees any more. */
  async #shown(): Promise<string> {
    const texts = (selector: string) => this.page.locator(selector).allInnerTexts();
    const [questions, dialogs] = [
      await texts('.quick-input-widget:visible'),
      await texts('.monaco-dialog-box'),
    ];
    return JSON.stringify([...(await this.notifications()), ...questions, ...dialogs]);
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
