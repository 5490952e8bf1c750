import * as vscode from 'vscode';
import { chooseChecks } from '../../core/checks/chooseChecks.ts';
import { otherClients } from '../../core/checks/otherClients.ts';
import { planCost, signsIn } from '../../core/checks/plan.ts';
import { explainAnswer } from '../../core/diagnose/explainAnswer.ts';
import { givenExplanation } from '../../core/diagnose/givenExplanation.ts';
import { FailureError } from '../../core/record/failure.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { GivenCheck, GivenExplanation, GivenToken, OAuthExplorerApi } from '../../shared/api.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { unknownProfile } from '../chooseProfile.ts';
import { handedOut, notAllowed } from '../commands/tokenCommands.ts';
import { dialogs } from '../dialogs.ts';
import { runProfileChecks } from '../runProfileChecks.ts';
import type { Services } from '../services.ts';

type Calls = Omit<OAuthExplorerApi, 'apiVersion'>;

type ToGive = Pick<Services, 'access' | 'flows' | 'profiles' | 'session'>;
type ToExplain = Pick<Services, 'clock' | 'profiles' | 'runner'>;
type ToRun = Pick<Services, 'checks' | 'clock' | 'profiles' | 'runner' | 'secrets'>;

/** The API for other extensions; their arguments are not trusted. */
export function publicApi(services: ToGive & ToExplain & ToRun): Calls {
  return {
    getToken: (profile) => getToken(services, profile),
    explainFailure: (answer, options) => explain(services, answer, options),
    runChecks: (profile, options) => run(services, profile, options),
  };
}

async function getToken(services: ToGive, id: string): Promise<GivenToken> {
  const profile = profileOf(services, id);
  if (!(await mayHaveToken(services.access, 'extension', profile))) throw new Error(notAllowed(profile));
  const { access_token, token_type, expires_at, scope, requested_scopes } = await handedOut(
    services,
    profile,
  );
  return {
    accessToken: access_token,
    tokenType: token_type,
    ...(expires_at === undefined ? {} : { expiresAt: expires_at }),
    scopes: scope === undefined ? requested_scopes : scope.split(' ').filter(Boolean),
  };
}

async function explain(
  services: ToExplain,
  answer: string,
  given: Parameters<Calls['explainFailure']>[1],
): Promise<GivenExplanation | undefined> {
  if (typeof answer !== 'string') throw new TypeError('The answer must be a text.');
  const options = given ?? {};
  const profile = options.profile === undefined ? undefined : profileOf(services, options.profile);
  const hints = {
    now: services.clock.now(),
    ...(options.status === undefined ? {} : { status: options.status }),
  };
  const explained = explainAnswer(answer, hints, profile, await services.runner.catalogue());
  if (explained.kind === 'unreadable') throw new Error(explained.why);
  if (explained.kind === 'success') return undefined;
  return givenExplanation(explained, profile);
}

async function run(
  services: ToRun,
  id: string,
  options: Parameters<Calls['runChecks']>[1],
): Promise<readonly GivenCheck[]> {
  const { only = [], signIn = false, signal } = options ?? {};
  if (!Array.isArray(only) || !only.every((name) => typeof name === 'string'))
    throw new TypeError('The checks must be a list of texts.');
  signal?.throwIfAborted();
  const profile = profileOf(services, id);
  const all = services.profiles.usable();
  const others = otherClients(profile, all);
  const subject = { profile, hasOtherClient: others.length > 0 };
  const chosen = chooseChecks(only, subject);
  if (chosen.kind === 'unknown') throw new Error(vscode.l10n.t('There is no such check. {0}', chosen.known));
  const running = chosen.items.filter(({ notApplicable }) => notApplicable === undefined);
  const there = signIn && signsIn(profile);
  const { checks, requests } = planCost(
    running.map(({ check }) => check),
    subject,
    there,
  );
  const agree = vscode.l10n.t('Run Checks');
  const question = vscode.l10n.t('Another extension wants to run {0} checks of “{1}”.', checks, profile.name);
  const server = profile.issuer ?? profile.tokenEndpoint ?? '';
  const detail = vscode.l10n.t(
    'Up to {0} requests go to {1}, some of them wrong on purpose.',
    requests,
    server,
  );
  if ((await dialogs.showWarningMessage(question, { modal: true, detail }, agree)) !== agree)
    throw new Error(vscode.l10n.t('The checks were not run: the user did not agree.'));
  // The caller may have given up while the question was open.
  signal?.throwIfAborted();
  try {
    const report = await runProfileChecks(
      ...([services, profile, others, { items: chosen.items, signIn: there }] as const),
      signal ?? new AbortController().signal,
    );
    services.checks.keep(report);
    return report.results.map(({ id: check, title, verdict, meaning, advice }) => ({
      ...{ id: check, title, verdict, meaning },
      ...(advice === undefined ? {} : { advice }),
    }));
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    // No cause: it holds more than another extension is to know.
    // oxlint-disable-next-line eslint/preserve-caught-error -- see above
    throw new Error(`${thrown.failure.message} ${thrown.failure.advice}`);
  }
}

function profileOf({ profiles }: Pick<Services, 'profiles'>, id: unknown): Profile {
  const profile = typeof id === 'string' ? profiles.get(id)?.profile : undefined;
  if (profile) return profile;
  const { message, advice } = unknownProfile(typeof id === 'string' ? id.slice(0, 100) : typeof id);
  throw new Error(`${message} ${advice}`);
}
