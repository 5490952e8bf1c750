import * as vscode from 'vscode';
import type { ApiBench } from '../core/checks/apiBench.ts';
import { fewerScopes, profileForOther, type ApiTarget } from '../core/checks/apiTarget.ts';
import { apiTokens, sendingIdTokens } from '../core/checks/apiTokens.ts';
import type { Check } from '../core/checks/check.ts';
import type { ChecksReport } from '../core/checks/report.ts';
import { runApiChecks } from '../core/checks/runApiChecks.ts';
import type { ChecksChoice, ChecksProgress } from '../core/checks/runChecks.ts';
import { isSilent } from '../core/grants/all.ts';
import { FailureError } from '../core/record/failure.ts';
import type { TokenSet } from '../core/record/report.ts';
import type { Profile } from '../core/profile/profile.ts';
import { tokenHeaderOf } from '../core/profile/tokenHeader.ts';
import { withoutProfile } from '../core/profile/withoutProfile.ts';
import { setupHash } from '../core/vault/vaultKeys.ts';
import { networkFetch } from '../adapters/network.ts';
import { dialogs } from './dialogs.ts';
import { tokensOf } from './obtainToken.ts';
import type { Services } from './services.ts';
import { requestTimeout } from './settings.ts';

type Needed = Pick<Services, 'clock' | 'flows' | 'profiles' | 'runner' | 'session' | 'tokens' | 'version'>;

/**
 * Runs checks of an API with the extension host's network; tokens are sent only after the user agreed.
 *
 * @throws FailureError of kind `cancelled` when the user did not agree
 */
export async function runApiTarget(
  services: Needed,
  target: ApiTarget,
  choice: ChecksChoice<Check<ApiBench>>,
  signal: AbortSignal,
  progress: (event: ChecksProgress) => void,
): Promise<ChecksReport> {
  const { clock, runner, version } = services;
  const { request, mcp, profile } = target;
  const wantsToken = choice.items.some(
    ({ check, chosen }) => chosen && check.area === 'resource' && check.id !== 'resource.no-token',
  );
  const agreed = profile && wantsToken ? await agreement(services, target, profile) : undefined;
  const sendsIdToken = profile?.sentToken === 'id_token';
  const given = agreed && (await sources(services, agreed, signal));
  const [resource] = profile?.resource ?? [];
  const named = profile ?? withoutProfile(request.url);
  return runApiChecks(
    {
      ...{ version, request, clock, signal, timeout: requestTimeout() },
      ...(mcp && { mcp }),
      ...(resource !== undefined && { resource }),
      ...(profile && { header: tokenHeaderOf(profile) }),
      ...(sendsIdToken && { sendsIdToken }),
      ...(given && { tokens: apiTokens(sendsIdToken ? sendingIdTokens(given) : given) }),
      fetch: profile ? runner.fetchFor(profile) : networkFetch,
    },
    { id: named.id, name: named.name, clientId: named.clientId },
    choice,
    progress,
  );
}

/** Whose tokens may be sent to the API. */
interface Agreement {
  readonly profile: Profile;
  readonly other?: Profile;
}

async function agreement({ profiles }: Needed, { request }: ApiTarget, profile: Profile): Promise<Agreement> {
  const all = profiles.usable();
  const other = profileForOther(profile, all);
  const { origin } = new URL(request.url);
  const run = vscode.l10n.t('Send Tokens');
  const withOther = vscode.l10n.t('Send Both');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Send tokens of “{0}” to {1}, good ones and bad ones?', profile.name, origin),
    {
      modal: true,
      detail: [
        vscode.l10n.t(
          '{0} {1} is sent several times: with the profile’s token, and with copies that were altered on purpose and must be refused. With a good token it is carried out each time, so choose a request that changes nothing. The tokens go to this server only.',
          request.method,
          new URL(request.url).pathname,
        ),
        ...(isSilent(profile)
          ? []
          : [vscode.l10n.t('For one with fewer scopes the profile’s refresh token is used, if it has one.')]),
        ...(other
          ? [
              vscode.l10n.t(
                '“Send Both” also sends a token of “{0}”, to see whether the server checks the audience. Whoever runs the server can use it until it expires.',
                other.name,
              ),
            ]
          : []),
      ].join('\n\n'),
    },
    ...(other ? [run, withOther] : [run]),
  );
  if (answer === undefined)
    throw new FailureError({
      kind: 'cancelled',
      step: 'api',
      message: vscode.l10n.t('Nothing was sent.'),
      advice: vscode.l10n.t('Leave out the checks that need a token, or agree to send one.'),
    });
  return { profile, ...(answer === withOther && other && { other }) };
}

async function sources(services: Needed, { profile, other }: Agreement, signal: AbortSignal) {
  const { clock, flows, runner, session, tokens } = services;
  // Read before a new token replaces it.
  const kept = await tokens.get(profile);
  const setup = setupHash(profile);
  const given = flows
    .ended()
    .flatMap(({ outcome, profile: one }) =>
      outcome.kind === 'token' && setupHash(one) === setup ? [outcome.tokens] : [],
    );
  /** Gets a token that is not stored: the profile's own stays. */
  const ask = async (scopes: readonly string[]): Promise<TokenSet | undefined> => {
    const report = await runner.run({ kind: profile.grant, profile: { ...profile, scopes }, signal });
    return report.outcome.kind === 'token' ? report.outcome.tokens : undefined;
  };
  return {
    ...{ clock, signal, earlier: [...(kept ? [kept] : []), ...given] },
    good: () => tokensOf(services, profile, signal),
    ...fewerScopes(profile, {
      anew: ask,
      byRefresh: (scopes) => session.withFewerScopes(profile, scopes, signal),
    }),
    ...(other && { otherAudience: () => tokensOf(services, other, signal) }),
  };
}
