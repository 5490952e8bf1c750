import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { workloadAssertion } from '../adapters/workloadAssertion.ts';
import { profileFetch, programFetch } from '../adapters/network.ts';
import { dialectOf, loadCatalogue, namesBothEndpoints, type Catalogue } from '../core/diagnose/catalogue.ts';
import { environmentProxy } from '../core/diagnose/environmentProxy.ts';
import { explainReport } from '../core/diagnose/explainFailure.ts';
import { recogniseProvider } from '../core/diagnose/recognise.ts';
import type { FlowReport, TokenSet } from '../core/record/report.ts';
import { runFlow, type FlowDeps } from '../core/flow/runFlow.ts';
import { grantOf } from '../core/grants/all.ts';
import { oneLine } from '../core/http/plainText.ts';
import { MetadataCache } from '../core/oauth/metadataCache.ts';
import { quoted } from '../core/profile/problem.ts';
import type { StoredProfile } from '../core/profile/mergeProfiles.ts';
import type { Profile } from '../core/profile/profile.ts';
import { browserOf } from './browser.ts';
import type { Arguments } from './command.ts';
import { Refusal, type ExitCode } from './exit.ts';
import { formatToken, printedToken, type TokenFormat } from './formatToken.ts';
import { milliseconds, someoneThere } from './options.ts';
import { profileNamed, unwrittenClient } from './named.ts';
import { readProfiles, standingOf } from './profiles.ts';
import {
  clientSecret,
  fromKeychain,
  keepInKeychain,
  madeInKeychain,
  secretVariables,
  type ClientSecret,
} from './secrets.ts';
import type { Terminal } from './terminal.ts';
import { terminalWords } from './terminalWords.ts';
import { failureCode } from './unexpected.ts';
import { waitingTeller } from './waiting.ts';

/** Gets a token of a profile and prints it, and nothing else, to standard output. */
export async function getToken(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const variable = variableName(args);
  const there = someoneThere(args, terminal);
  const client = unwrittenClient(args);
  const stored: StoredProfile =
    client === undefined
      ? profileNamed(args.operand ?? '', await readProfiles(args, terminal))
      : { profile: client, source: { scope: 'user' }, index: 0, hints: [] };
  const { profile } = stored;
  const { catalogue, run } = await grantRunner(stored, there, args, terminal);
  const report = await run(profile);
  if (report.outcome.kind !== 'token') return tellFailure(report, catalogue, terminal);
  await printToken(report.outcome.tokens, args.value('format') as TokenFormat, variable, profile, terminal);
  return 0;
}

/** What a refresh starts from, and what it asks for. */
type Refresh = Pick<FlowDeps, 'previous' | 'fewer'>;

/** Runs the grant of a profile, or a refresh, with its secret; the profile that is run may ask for other scopes. */
export interface GrantRunner {
  readonly catalogue: Catalogue;
  readonly run: (profile: Profile, refresh?: Refresh) => Promise<FlowReport>;
}

/** @param there whether somebody can be asked to sign in. @throws Refusal for a profile that gets no token here */
export async function grantRunner(
  stored: StoredProfile,
  there: boolean,
  args: Arguments,
  terminal: Terminal,
): Promise<GrantRunner> {
  const { profile } = stored;
  if (grantOf(profile).waitsFor !== 'nothing' && !there) throw nobodyThere(profile);
  const { input, needs } = grantOf(profile);
  if (input?.once === true) throw forTheEditor(profile, input.noun);
  if (needs.includes('subjectProfile')) throw forTheEditor(profile, 'sign-in with another profile');
  if (profile.dpop === true) throw bound(profile);
  const secret = await clientSecret(profile, standingOf(stored), args, terminal);
  const catalogue = await loadCatalogue(join(terminal.home, 'providers'));
  return {
    catalogue,
    run: (one, refresh) => run({ ...stored, profile: one }, secret, catalogue, args, terminal, refresh),
  };
}

function variableName(args: Arguments): string {
  const name = args.value('variable') ?? 'ACCESS_TOKEN';
  if (args.has('variable') && args.value('format') !== 'env')
    throw new Refusal('--variable is for --format env only.');
  if (!/^[A-Za-z_]\w{0,99}$/.test(name))
    throw new Refusal('--variable must be a name of letters, digits and underscores.');
  return name;
}

function nobodyThere({ name, grant }: Profile): Refusal {
  return new Refusal(
    `${quoted(name)} (${grant}) needs somebody to sign in, and nobody is there: this is no terminal, or --no-sign-in was given. ` +
      'Run it in a terminal or with --sign-in, or use a profile with client_credentials.',
  );
}

function bound({ name }: Profile): Refusal {
  return new Refusal(
    `The tokens of ${quoted(name)} are bound to a key that only the editor proves (DPoP). Use “Send with token” there.`,
  );
}

function forTheEditor({ name, grant }: Profile, noun: string): Refusal {
  return new Refusal(
    `${quoted(name)} (${grant}) starts from a ${noun}, which only the editor asks for. ` +
      'Get the token there, or use a profile with client_credentials or jwt_bearer.',
  );
}

function run(
  stored: StoredProfile,
  secret: ClientSecret,
  catalogue: Catalogue,
  args: Arguments,
  terminal: Terminal,
  refresh?: Refresh,
): Promise<FlowReport> {
  const { profile } = stored;
  const standing = standingOf(stored);
  terminal.tell(
    `Getting a token for ${quoted(profile.name)} from ${profile.issuer ?? profile.tokenEndpoint ?? ''}.`,
  );
  const tellWaiting = waitingTeller(terminal);
  return runFlow(refresh === undefined ? profile.grant : 'refresh_token', profile, {
    ...refresh,
    fetch: profileFetch(profile, programFetch(terminal.environment)),
    clock: systemClock,
    browser: browserOf(terminal.environment, secretVariables(args, terminal)),
    metadata: new MetadataCache(),
    material: (of, kind) => workloadAssertion(of, kind, standing, { signal: terminal.signal }),
    secret: (_, tokenEndpoint) => secret(tokenEndpoint),
    input: (of, input, tokenEndpoint) => fromKeychain(of, standing, terminal, input)(tokenEndpoint),
    keepInput: (of, input, text, tokenEndpoint) =>
      keepInKeychain(of, standing, terminal, input, text, tokenEndpoint),
    made: madeInKeychain(standing, terminal),
    dialect: () => dialectOf(catalogue, profile, recogniseProvider(catalogue, profile).provider),
    knownPair: () => namesBothEndpoints(catalogue, profile),
    signal: terminal.signal,
    requestTimeout: milliseconds(args, 'timeout', 30),
    signInTimeout: milliseconds(args, 'sign-in-timeout', 300),
    onProgress: ({ waiting }) => tellWaiting(waiting),
  });
}

/** Says why a run gave no token, with what helps. */
export function tellFailure(report: FlowReport, catalogue: Catalogue, terminal: Terminal): ExitCode {
  if (report.outcome.kind !== 'failure') return 2;
  const { failure } = report.outcome;
  if (failure.kind === 'cancelled') {
    terminal.tell('Interrupted.');
    return 130;
  }
  const proxy = environmentProxy(terminal.environment);
  const explanation = explainReport(report, catalogue, proxy === undefined ? {} : { proxy });
  terminal.tell(terminalWords(oneLine(`${failure.message} ${failure.advice}`)));
  for (const { title, steps } of explanation?.causes.slice(0, 3) ?? [])
    terminal.tell(`- ${terminalWords(oneLine([title, ...steps].join(' ')))}`);
  return failureCode(failure.kind);
}

async function printToken(
  tokens: TokenSet,
  format: TokenFormat,
  variable: string,
  profile: Profile,
  terminal: Terminal,
): Promise<void> {
  const text = formatToken(tokens, format, variable, profile);
  const token = printedToken(tokens, format, profile);
  // A workflow command: from here on the log shows *** in its place. @see GitHub Actions, workflow commands, add-mask
  if (terminal.environment['GITHUB_ACTIONS'] === 'true')
    terminal.tell(`::add-mask::${token.replaceAll('%', '%25').replace(/[\r\n]/g, '')}`);
  await terminal.print(text);
}
