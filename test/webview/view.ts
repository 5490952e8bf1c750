import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { afterEach, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { close } from '../../src/demo/listen.ts';
import { startBrowser } from '../support/browser.ts';
import { kindOf, pageText, type ThemeName } from './hostPage.ts';
import { startViewServer } from './viewServer.ts';

export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

export interface ViewOptions {
  readonly theme?: ThemeName;
  readonly size?: ViewSize;
  /** Whether the model is in the page, and none is sent. */
  readonly inPage?: boolean;
  /** Told everything the user wants, as the extension host is. */
  readonly onIntent?: (intent: unknown) => void;
}

/** A view as the user has it before them, with the extension host's end of the line. */
export interface View {
  readonly page: Page;
  /** What the view has sent to the host, in order. */
  readonly intents: () => Promise<readonly unknown[]>;
  /** Sends a model, as the host does. */
  readonly show: (model: unknown) => Promise<void>;
  /** Changes the colour theme under the open view, as VS Code does. */
  readonly setTheme: (theme: ThemeName) => Promise<void>;
  readonly resize: (size: ViewSize) => Promise<void>;
}

export const wide: ViewSize = { width: 1000, height: 900 };
export const narrow: ViewSize = { width: 320, height: 700 };
/** The pixels that 200 % zoom leaves of a window of 900 x 700 beside its side bar. */
export const zoomed: ViewSize = { width: 280, height: 350 };

/** One headless browser with one page, in which view after view is opened, each in a document of its own. */
export class ViewPage {
  readonly page: Page;
  /** Console errors, exceptions and violations of the content security policy of the view that is open. */
  problems: string[] = [];
  #onIntent: (intent: unknown) => void = () => undefined;
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #server: Server;

  private constructor(browser: Browser, page: Page, origin: string, server: Server) {
    this.#browser = browser;
    this.page = page;
    this.#origin = origin;
    this.#server = server;
  }

  static async start(): Promise<ViewPage> {
    const [browser, { origin, server }] = await Promise.all([startBrowser(), startViewServer()]);
    const views = new ViewPage(browser, await newPage(browser), origin, server);
    await views.#prepare();
    return views;
  }

  /** Another page of the same browser: what ticks in it can be had to tick, by `page.clock`. */
  async withClock(): Promise<ViewPage> {
    const views = new ViewPage(this.#browser, await newPage(this.#browser), this.#origin, this.#server);
    await views.page.clock.install();
    await views.#prepare();
    return views;
  }

  /**
   * Opens the built view `name` (`dist/webview/<name>.js`) as VS Code's webview would: with a theme's real variables,
   * VS Code's own style sheet and the content security policy of our panels. Without a model it waits for none.
   */
  async open(name: string, model?: unknown, options: ViewOptions = {}): Promise<View> {
    const { theme = 'dark', size = wide } = options;
    const { page } = this;
    this.problems = [];
    this.#onIntent = options.onIntent ?? (() => undefined);
    await Promise.all([page.setViewportSize(size), emulate(page, theme)]);
    const address = `${this.#origin}/${name}/${theme}`;
    if (options.inPage === true) {
      const body = await pageText(name, theme, model);
      await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }), { times: 1 });
    }
    await page.goto(address);
    await page.waitForFunction(() => (window as unknown as HostWindow).sent.length > 0);
    const view = viewOn(page);
    if (model !== undefined) {
      if (options.inPage !== true) await view.show(model);
      await page.waitForSelector('main');
    }
    return view;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await close(this.#server);
  }

  async #prepare(): Promise<void> {
    const { page } = this;
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    await page.exposeFunction('toHost', (intent: unknown) => this.#onIntent(intent));
    await page.addInitScript({ content: hostScript });
  }
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB' });
  // Milliseconds, against what hangs.
  context.setDefaultTimeout(180_000);
  return context.newPage();
}

/** The one page of all files that run in this process: a browser takes longer to start than most tests. */
let shared: Promise<ViewPage> | undefined;

/** Ends its browser. Called when all files are through, by what brings them together (test/support/webview.mjs). */
export async function closeViews(): Promise<void> {
  await (await shared)?.close();
}

/**
 * The page for the tests of a suite; each test fails when the view it opened last complained of anything.
 *
 * @param clock whether it is one of the suite's own whose clock the tests move on. Default: no.
 */
export function useViews({ clock = false } = {}): Pick<ViewPage, 'open'> {
  let views: ViewPage | undefined;
  before(async () => {
    shared ??= ViewPage.start();
    views = clock ? await (await shared).withClock() : await shared;
  });
  afterEach(() => assert.deepEqual(views?.problems, []));
  return {
    open: (...args) => {
      if (!views) throw new Error('The browser has not started.');
      return views.open(...args);
    },
  };
}

interface HostWindow extends Window {
  sent: { readonly type: string; readonly intent?: unknown }[];
}

const hostScript = `window.sent = [];
  window.acquireVsCodeApi = () => ({ getState() {}, setState() {}, postMessage(message) {
    window.sent.push(message);
    if (message.type === 'intent') void window.toHost(message.intent);
  } });`;

function viewOn(page: Page): View {
  return {
    page,
    intents: async () => {
      const sent = await page.evaluate(() => (window as unknown as HostWindow).sent);
      return sent.filter(({ type }) => type === 'intent').map(({ intent }) => intent);
    },
    show: (model) => page.evaluate((next) => window.postMessage({ type: 'show', model: next }), model),
    setTheme: async (theme) => {
      await emulate(page, theme);
      await page.evaluate(
        ([name, kind]) => {
          document.documentElement.dataset['theme'] = name;
          document.body.className = kind;
        },
        [theme, kindOf(theme)] as const,
      );
    },
    resize: (size) => page.setViewportSize(size),
  };
}

function emulate(page: Page, theme: ThemeName): Promise<void> {
  return page.emulateMedia({ colorScheme: theme.endsWith('light') ? 'light' : 'dark' });
}
