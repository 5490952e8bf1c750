import * as vscode from 'vscode';
import type { MetadataCache } from '../../core/oauth/metadataCache.ts';
import type { Clock, Fetch } from '../../core/ports.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { firstPage } from '../../core/token/firstPage.ts';
import { TokenController } from '../../core/token/tokenController.ts';
import type { ProfileTokens, TokenText } from '../../core/token/reading.ts';
import { parseTokenIntent } from '../../core/token/intent.ts';
import type { TokenAction, TokenViewIntent, TokenViewModel } from '../../shared/views/tokenView.ts';
import { Tabs } from './tabs.ts';

export interface TokenPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly clock: Clock;
  /** The network as a profile may use it (with the certificate it trusts), or without one. */
  fetch(profile?: Profile): Fetch;
  readonly metadata: MetadataCache;
  /** Milliseconds for each request; read anew for each. */
  timeout(): number;
  /** Opens a text in an editor. */
  open(name: string, text: string): Promise<void>;
  /** What the view's buttons do; `profile` is the profile's id. */
  run(action: TokenAction, profile: string): unknown;
}

/** The token views: one tab for each profile, one for decoded texts. */
export class TokenPanels implements vscode.Disposable {
  readonly #deps: TokenPanelDeps;
  readonly #tabs: Tabs<TokenViewModel, TokenViewIntent, TokenController>;

  constructor(deps: TokenPanelDeps) {
    this.#deps = deps;
    this.#tabs = new Tabs({
      ...{ extensionUri: deps.extensionUri, name: 'token' },
      ...{ parse: parseTokenIntent, firstPage },
    });
  }

  /** Shows a profile's token: in its tab if it has one (brought to the front), else in a new one. */
  show(input: ProfileTokens): void {
    if (this.#tabs.reveal(input.profile.id)) this.update(input);
    else this.#open(input.profile.id, input);
  }

  /** Redraws a profile's tab with its new token; does nothing when it has none. */
  update(input: ProfileTokens): void {
    const open = this.#tabs.get(input.profile.id);
    if (!open) return;
    open.panel.title = titleOf(input);
    open.content.read(input);
  }

  /** Ids of the profiles that have a tab. */
  profiles(): readonly string[] {
    return this.#tabs.keys().filter((key) => key !== decodedText);
  }

  /** Whether a profile's tab is open, and so worth updating. */
  isOpen(profile: string): boolean {
    return this.#tabs.get(profile) !== undefined;
  }

  /** Closes a profile's tab, as when the profile or its token is gone. */
  close(profile: string): void {
    this.#tabs.close(profile);
  }

  /** Decodes any text, in the tab of the one before it; two are compared with a command. */
  showText(input: TokenText): void {
    const open = this.#tabs.reveal(decodedText);
    if (open) open.content.read(input);
    else this.#open(decodedText, input);
  }

  dispose(): void {
    this.#tabs.dispose();
  }

  #open(key: string, input: ProfileTokens | TokenText): void {
    const { clock, metadata } = this.#deps;
    const { content } = this.#tabs.open(
      key,
      titleOf(input),
      (panel) =>
        new TokenController({
          clock,
          keys: (profile) => ({
            fetch: this.#deps.fetch(profile),
            clock,
            metadata,
            timeout: this.#deps.timeout(),
          }),
          draw: (model) => panel.show(model),
          open: (name, text) => this.#deps.open(name, text),
          copy: (text) => vscode.env.clipboard.writeText(text),
          run: async (action) => {
            if (input.kind === 'profile') await this.#deps.run(action, input.profile.id);
          },
        }),
    );
    void content.begin(input);
  }
}

/** No profile id holds a blank, so that the two kinds of keys never meet. */
const decodedText = 'decoded text';

function titleOf(input: ProfileTokens | TokenText): string {
  return input.kind === 'profile'
    ? vscode.l10n.t('Token: {0}', input.profile.name)
    : vscode.l10n.t('Decoded token');
}
