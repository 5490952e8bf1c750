import type * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { ViewPanel } from './viewPanel.ts';

/** What a tab is about: it is handed the intents of its page, and is told when the tab is gone. */
export interface TabContent<Intent> {
  handle: (intent: Intent) => unknown;
  dispose?: () => void;
}

export interface Tab<Model, Content> {
  readonly panel: ViewPanel<Model>;
  content: Content;
}

export interface TabsOptions<Model, Intent> {
  /** Name of the webview entry (`webview/<name>.entry.ts`); the view type is `oauthExplorer.<name>`. */
  readonly name: string;
  readonly column?: vscode.ViewColumn;
  /** Of a model what its page draws first. */
  readonly firstPage?: (model: Model) => Model;
  /** An intent out of what a page sent; nothing when it is none. */
  readonly parse: (message: unknown) => Intent | undefined;
}

/** The tabs of one view, each known by a key: the one place where they are opened, found, brought to the front and closed. */
export class Tabs<Model, Intent, Content extends TabContent<Intent>> implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #options: TabsOptions<Model, Intent>;
  readonly #open = new Map<string, Tab<Model, Content>>();

  constructor({ extensionUri }: Pick<Services, 'extensionUri'>, options: TabsOptions<Model, Intent>) {
    this.#extensionUri = extensionUri;
    this.#options = options;
  }

  get(key: string): Tab<Model, Content> | undefined {
    return this.#open.get(key);
  }

  all(): readonly Tab<Model, Content>[] {
    return [...this.#open.values()];
  }

  keys(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Brings the tab of `key` to the front and gives it; nothing when there is none. */
  reveal(key: string): Tab<Model, Content> | undefined {
    const tab = this.#open.get(key);
    tab?.panel.reveal();
    return tab;
  }

  /** Opens a tab with what `begin` makes; one that has the key already is closed. */
  open(key: string, title: string, begin: (panel: ViewPanel<Model>) => Content): Tab<Model, Content> {
    this.close(key);
    const { parse, ...shell } = this.#options;
    const panel = new ViewPanel<Model>({
      ...shell,
      ...{ extensionUri: this.#extensionUri, title },
      onMessage: async (message) => {
        const intent = parse(message);
        if (intent !== undefined) await tab.content.handle(intent);
      },
      onDispose: () => {
        if (this.#open.get(key) === tab) this.#open.delete(key);
        tab.content.dispose?.();
      },
    });
    const tab: Tab<Model, Content> = { panel, content: begin(panel) };
    this.#open.set(key, tab);
    return tab;
  }

  close(key: string): void {
    this.#open.get(key)?.panel.dispose();
  }

  dispose(): void {
    for (const { panel } of this.all()) panel.dispose();
  }
}

/** One view: its tabs, and the services that what they show works with. Closing it closes them. */
export abstract class Panels<
  Needed extends Pick<Services, 'extensionUri'>,
  Model,
  Intent,
  Content extends TabContent<Intent>,
>
  implements vscode.Disposable
{
  protected readonly services: Needed;
  protected readonly tabs: Tabs<Model, Intent, Content>;

  constructor(services: Needed, options: TabsOptions<Model, Intent>) {
    this.services = services;
    this.tabs = new Tabs(services, options);
  }

  dispose(): void {
    this.tabs.dispose();
  }
}
