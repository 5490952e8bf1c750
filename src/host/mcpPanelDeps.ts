import * as vscode from 'vscode';
import { FailureError } from '../core/record/failure.ts';
import { isMcpProfile } from '../core/mcp/mcpProfile.ts';
import { secretPlace } from '../core/profile/profile.ts';
import { freeId, slug } from '../core/profile/slug.ts';
import { networkFetch } from '../adapters/network.ts';
import { freePort } from '../demo/listen.ts';
import type { McpPanelDeps } from './panels/mcpPanel.ts';
import { reach } from './contextKeys.ts';
import { withFlowProgress } from './flowProgress.ts';
import type { Services } from './services.ts';
import { setting } from './settings.ts';

/** What the MCP view is given of the services. */
export function mcpPanelDeps(
  services: Pick<
    Services,
    | 'clock'
    | 'extensionUri'
    | 'flows'
    | 'profiles'
    | 'run'
    | 'runner'
    | 'secrets'
    | 'session'
    | 'version'
    | 'views'
  >,
): McpPanelDeps {
  const { clock, flows, profiles, secrets, session } = services;
  return {
    extensionUri: services.extensionUri,
    version: services.version,
    clock,
    fetch: networkFetch,
    timeout: () => setting('requestTimeout') * 1000,
    record: (report) => {
      flows.put({ state: 'ended', flow: report });
      if (report.exchanges.some(({ response }) => response !== undefined)) void reach('mcpExplored');
    },
    known: (resource) =>
      profiles
        .list()
        .profiles.map(({ profile }) => profile)
        .find((profile) => isMcpProfile(profile, resource)),
    // Registered, and then listened at for the sign-in. @see RFC 8252 section 7.3
    freeRedirect: async () => `http://127.0.0.1:${await freePort()}/callback`,
    nameFor: (host) => ({
      id: freeId(slug(`mcp ${host}`) || 'mcp', profiles.ids()),
      name: vscode.l10n.t('MCP: {0}', host),
    }),
    save: (profile) => profiles.save(profile, { scope: 'user' }, profiles.get(profile.id)?.profile.id),
    keepSecret: (profile, secret) => secrets.set(secretPlace(profile), secret),
    signIn: async (profile, signal) => {
      const obtained = await withFlowProgress(flows, profile, (stop) =>
        session.fresh(profile, AbortSignal.any([signal, stop])),
      );
      if (obtained.report !== undefined) return obtained.report;
      if (obtained.kind === 'failure') throw new FailureError(obtained.failure);
      throw new RangeError('The sign-in told nothing of itself.');
    },
    showFlow: async (id) => (await services.views.flow()).show(id),
    check: (url) => services.run('checkMcpServer', { url }),
    run: (command, profile) => services.run(command, { profile }),
  };
}
