import * as vscode from 'vscode';
import { networkFetch } from '../../adapters/network.ts';
import { firstPage } from '../../core/token/firstPage.ts';
import { TokenController } from '../../core/token/tokenController.ts';
import type { ProfileTokens, TokenText } from '../../core/token/reading.ts';
import { readIntent } from '../../shared/intents.ts';
import { tokenIntents, type TokenViewIntent, type TokenViewModel } from '../../shared/views/tokenView.ts';
import { byHand } from '../byHand.ts';
import type { Services } from '../services.ts';
import { requestTimeout } from '../settings.ts';
import { Panels } from './tabs.ts';

type Needed = Pick<Services, 'clock' | 'extensionUri' | 'run' | 'runner' | 'views'>;

/** The token views: one tab for each profile, one for decoded texts. */
export class TokenPanels extends Panels<Needed, TokenViewModel, TokenViewIntent, TokenController> {
  constructor(services: Needed) {
    super(services, { name: 'token', parse: (message) => readIntent(tokenIntents, message), firstPage });
  }

  /** Shows a profile's token: in its tab if it has one (brought to the front), else in a new one. */
  show(input: ProfileTokens): void {
    if (this.tabs.reveal(input.profile.id)) this.update(input);
    else this.#open(input.profile.id, input);
  }

  /** Redraws a profile's tab with its new token; does nothing when it has none. */
  update(input: ProfileTokens): void {
    const open = this.tabs.get(input.profile.id);
    if (!open) return;
    open.panel.title = titleOf(input);
    open.content.read(input);
  }

  /** Ids of the profiles that have a tab. */
  profiles(): readonly string[] {
    return this.tabs.keys().filter((key) => key !== decodedText);
  }

  /** Whether a profile's tab is open, and so worth updating. */
  isOpen(profile: string): boolean {
    return this.tabs.get(profile) !== undefined;
  }

  /** Closes a profile's tab, as when the profile or its token is gone. */
  close(profile: string): void {
    this.tabs.close(profile);
  }

  /** Decodes any text, in the tab of the one before; to compare two, there is a command. */
  showText(input: TokenText): void {
    const open = this.tabs.reveal(decodedText);
    if (open) open.content.read(input);
    else this.#open(decodedText, input);
  }

  #open(key: string, input: ProfileTokens | TokenText): void {
    const { clock, run, runner, views } = this.services;
    const { metadata } = runner;
    const { content } = this.tabs.open(
      key,
      titleOf(input),
      (panel) =>
        new TokenController({
          clock,
          keys: (profile) => ({
            fetch: profile ? runner.fetchFor(profile) : networkFetch,
            ...{ clock, metadata, timeout: requestTimeout() },
          }),
          draw: (model) => panel.show(model),
          open: async (name, text) => (await views.texts()).show(name, text),
          copy: (text) => vscode.env.clipboard.writeText(text),
          run: async (action) => {
            if (input.kind !== 'profile') return;
            await run(action === 'settings' ? 'editProfile' : action, byHand({ profile: input.profile.id }));
          },
        }),
    );
    void content.begin(input);
  }
}

/** The key of the tab for decoded texts; it has a space, which no profile id has. */
const decodedText = 'decoded text';

function titleOf(input: ProfileTokens | TokenText): string {
  return input.kind === 'profile'
    ? vscode.l10n.t('Token: {0}', input.profile.name)
    : vscode.l10n.t('Decoded token');
}
