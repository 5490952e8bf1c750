import type { Locator, Page } from 'playwright-core';
import { ProfileFormSession } from '../../src/core/profileForm/formSession.ts';
import { openForm, type SaveTarget } from '../../src/core/profileForm/state.ts';
import type { ProfileDraft } from '../../src/core/profileForm/draft.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { ProfileFormHost } from '../support/profileFormHost.ts';
import { testCatalogue } from '../support/providers.ts';
import type { View, ViewPage } from './view.ts';
import { waitFor } from '../support/processes.ts';

export interface FormOptions {
  readonly existing?: { readonly profile: Profile; readonly target: SaveTarget };
  readonly abandoned?: ProfileDraft;
  readonly workspaceUnavailable?: string;
  readonly host?: ProfileFormHost;
  /** Milliseconds until a model reaches the page: a slow extension host. */
  readonly latency?: number;
}

/** The real view with the real session behind it; only the outside is in memory. */
export interface FormPage {
  readonly page: Page;
  readonly host: ProfileFormHost;
  readonly view: View;
  session: () => ProfileFormSession;
  /** The input of a field by its name in the form. */
  field: (name: string) => Locator;
  /** Lets the typing pause pass, once the session knows `issuer`. */
  discover: (issuer: string) => Promise<void>;
}

let opened = 0;

export async function openFormPage(
  views: Pick<ViewPage, 'open'>,
  options: FormOptions = {},
): Promise<FormPage> {
  const { latency = 0, workspaceUnavailable } = options;
  const host =
    options.host ??
    new ProfileFormHost({
      catalogue: testCatalogue,
      ...(workspaceUnavailable !== undefined && { workspaceUnavailable }),
    });
  // The page may speak before the session is there.
  const started: { session?: ProfileFormSession } = {};
  const view = await views.open('profile', undefined, {
    onIntent: (intent) => void started.session?.handle(intent),
  });
  const { page } = view;
  const mine = ++opened;
  // All have one page: what comes late for a form is not shown in the next one.
  const show = (model: unknown) => void (mine === opened && view.show(model).catch(() => undefined));
  host.onShow = (model) => void setTimeout(() => show(model), latency);
  const session = new ProfileFormSession(
    host,
    openForm(host.context(), options.existing, options.abandoned ?? null),
  );
  started.session = session;
  await page.locator('main').waitFor();
  return {
    page,
    host,
    view,
    session: () => session,
    field: (name) => page.locator(`input[id="${name}"]`),
    discover: async (issuer) => {
      await waitFor(`the issuer ${issuer}`, () => session.state.draft.issuer === issuer || undefined);
      host.clock.advance(1000);
      await page.locator('.discovery.found, .discovery.failed').waitFor();
    },
  };
}
