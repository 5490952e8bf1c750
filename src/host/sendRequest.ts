import * as vscode from 'vscode';
import type { ApiCall, ApiRequest } from '../core/api/callApi.ts';
import type { Profile } from '../core/profile/profile.ts';
import { currentTokenOf, type ToObtain } from './obtainToken.ts';
import type { Services } from './services.ts';
import { setting } from './settings.ts';
import { confirmHost } from './confirmHost.ts';
import { keptOrMade } from '../core/vault/keptOrMade.ts';
import { usedOrigins } from './usedOrigins.ts';
import { dialogs } from './dialogs.ts';

/** What sending a request with a token takes. */
export type ToSend = ToObtain & Pick<Services, 'clock' | 'globalState' | 'runner' | 'secrets' | 'views'>;

/** Sends a request and shows what came of it; when there is no token to send it with, that is explained. */
export async function sendAndShow(services: ToSend, profile: Profile, request: ApiRequest): Promise<void> {
  const obtained = await currentTokenOf(services, profile);
  if (obtained.kind === 'failure') return;
  const { callApi: send } = await import('../core/api/callApi.ts');
  const title = vscode.l10n.t('Sending {0} {1}', request.method, request.url.slice(0, 80));
  const call = await dialogs.withProgress(title, (tell, signal): Promise<ApiCall> =>
    send(profile, request, {
      fetch: services.runner.fetchFor(profile),
      clock: services.clock,
      signal,
      timeout: setting('requestTimeout') * 1000,
      tokens: obtained.tokens,
      renew: () => services.session.refresh(profile, signal),
      made: (...how) => keptOrMade(services.secrets, profile, ...how),
      proofs: services.runner.proofs,
      used: usedOrigins(services.globalState, profile),
      confirm: async (verdict) => {
        tell(vscode.l10n.t('waiting for your answer'));
        try {
          return await confirmHost(services, profile, verdict);
        } finally {
          tell('');
        }
      },
    }),
  );
  const { report } = call;
  const { outcome, exchanges } = report;
  const cancelled = outcome.kind === 'failure' && outcome.failure.kind === 'cancelled';
  if (cancelled && exchanges.length === 0) return;
  services.flows.put({ state: 'ended', flow: report });
  await (await services.views.api()).show(call);
}
