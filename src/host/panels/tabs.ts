import type * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { ViewPanel } from './viewPanel.ts';

/** The content of a tab: handles the intents from its page, and is disposed of with the tab. */
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
  /** Reduces a model to what the page draws first. */
  readonly firstPage?: (model: Model) => Model;
  /** Reads an intent from a message of the page; undefined when it is none. */
  readonly parse: (message: unknown) => Intent | undefined;
}

/** The tabs of one view by their keys: the only place that opens, finds, reveals and closes them. */
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

  /** Brings the tab with this key to the front and returns it; undefined when there is none. */
  reveal(key: string): Tab<Model, Content> | undefined {
    const tab = this.#open.get(key);
    tab?.panel.reveal();
    return tab;
  }

  /** Opens a tab with the content that `begin` makes; an open one with the same key is closed. */
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

/** A kind of view: its tabs, and the services that their contents use. Disposing of it closes the tabs. */
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
