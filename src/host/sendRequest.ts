import * as vscode from 'vscode';
import type { ApiCall, ApiCallDeps, ApiRequest } from '../core/api/callApi.ts';
import type { Profile } from '../core/profile/profile.ts';
import { currentTokenOf, type ToObtain } from './obtainToken.ts';
import type { Services } from './services.ts';
import { requestTimeout } from './settings.ts';
import { confirmHost } from './confirmHost.ts';
import { keptOrMade } from '../core/vault/keptOrMade.ts';
import { usedOrigins } from './usedOrigins.ts';
import { dialogs } from './dialogs.ts';

type ToCall = Pick<Services, 'clock' | 'globalState' | 'runner' | 'secrets' | 'session'>;

/** The services that sending a request with a token uses. */
export type ToSend = ToObtain & ToCall & Pick<Services, 'views'>;

/** What an API call with a profile's token needs, except the token and the question about its host. */
export function callParts(
  { clock, globalState, runner, secrets, session }: ToCall,
  profile: Profile,
  signal: AbortSignal,
): Omit<ApiCallDeps, 'tokens' | 'confirm'> {
  return {
    ...{ clock, signal, fetch: runner.fetchFor(profile), timeout: requestTimeout() },
    renew: () => session.refresh(profile, signal),
    made: (...how) => keptOrMade(secrets, profile, ...how),
    proofs: runner.proofs,
    used: usedOrigins(globalState, profile),
  };
}

/** Sends a request and shows the result; if no token can be got, explains why. */
export async function sendAndShow(services: ToSend, profile: Profile, request: ApiRequest): Promise<void> {
  const obtained = await currentTokenOf(services, profile);
  if (obtained.kind === 'failure') return;
  const { callApi: send } = await import('../core/api/callApi.ts');
  const title = vscode.l10n.t('Sending {0} {1}', request.method, request.url.slice(0, 80));
  const call = await dialogs.withProgress(title, (tell, signal): Promise<ApiCall> =>
    send(profile, request, {
      ...callParts(services, profile, signal),
      tokens: obtained.tokens,
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
