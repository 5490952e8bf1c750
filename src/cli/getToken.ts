import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { workloadAssertion } from '../adapters/workloadAssertion.ts';
import { profileFetch, programFetch } from '../adapters/network.ts';
import { loadCatalogue, type Catalogue } from '../core/diagnose/catalogue.ts';
import { environmentProxy } from '../core/diagnose/environmentProxy.ts';
import { explainReport } from '../core/diagnose/explainFailure.ts';
import { dialectFor } from '../core/diagnose/recognise.ts';
import { proofFor, type ProvenRequest } from '../core/oauth/dpopProof.ts';
import type { ClientSecret, Made } from '../core/ports.ts';
import type { FlowReport } from '../core/record/report.ts';
import { isBound } from '../core/token/isBound.ts';
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
import { milliseconds, oneService, someoneThere } from './options.ts';
import { profileNamed, unwrittenClient } from './named.ts';
import { readProfiles, standingOf } from './profiles.ts';
import { fromKeychain, keepInKeychain, madeInKeychain } from './keychainSecrets.ts';
import { clientSecret, givenInputs, secretVariables, type GivenInputs } from './secrets.ts';
import type { Terminal } from './terminal.ts';
import { terminalWords } from './terminalWords.ts';
import { failureCode } from './unexpected.ts';
import { waitingTeller } from './waiting.ts';

/** Gets a token of a profile and prints it, and nothing else, to standard output. */
export async function getToken(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const variable = variableName(args);
  const proven = provenRequest(args);
  const there = someoneThere(args, terminal);
  const client = unwrittenClient(args);
  const stored: StoredProfile =
    client === undefined
      ? profileNamed(args.operand ?? '', await readProfiles(args, terminal))
      : { profile: client, source: { scope: 'user' }, index: 0, hints: [] };
  const { profile } = stored;
  if (profile.dpop === true && proven === undefined) throw wantsProof(profile);
  if (profile.dpop !== true && proven !== undefined)
    throw new Refusal('--proof-for is for profiles with dpop only.');
  const { catalogue, run, made } = await grantRunner(stored, there, args, terminal);
  const report = await run(profile);
  if (report.outcome.kind !== 'token') return tellFailure(report, catalogue, terminal);
  const { tokens } = report.outcome;
  const format = args.value('format') as TokenFormat;
  const proof =
    proven === undefined || !isBound(tokens)
      ? undefined
      : await proofFor({ ...proven, token: tokens.access_token }, made, systemClock.now());
  const text = formatToken(tokens, format, variable, profile, proof);
  mask(printedToken(tokens, format, profile), terminal);
  await terminal.print(text);
  return 0;
}

/** The request that a token which is bound to a key is to be proved for, and the nonce its API wants. @throws Refusal */
function provenRequest(args: Arguments): Omit<ProvenRequest, 'token'> | undefined {
  const [named, nonce] = [args.value('proof-for'), args.value('proof-nonce')];
  if (named === undefined && nonce === undefined) return undefined;
  if (named === undefined) throw new Refusal('--proof-nonce goes with --proof-for only.');
  if (!args.has('format')) throw new Refusal('--proof-for goes with --format header, json or env.');
  const [, method = '', url = ''] = /^([A-Z]{1,20}) (https?:\/\/\S+)$/.exec(named) ?? [];
  if (!URL.canParse(url))
    throw new Refusal(
      '--proof-for must be a method and an address, such as "GET https://api.example.com/orders".',
    );
  return { method, url, nonce };
}

function wantsProof({ name }: Profile): Refusal {
  return new Refusal(
    `The tokens of ${quoted(name)} are bound to a key (DPoP): each is printed with a proof for one request. Name that with --proof-for "GET https://…".`,
  );
}

/** What a refresh starts from, and what it asks for. */
type Refresh = Pick<FlowDeps, 'previous' | 'fewer'>;

/** Runs the grant of a profile, or a refresh, with its secret; the profile that is run may ask for other scopes. */
export interface GrantRunner {
  readonly catalogue: Catalogue;
  readonly run: (profile: Profile, refresh?: Refresh) => Promise<FlowReport>;
  /** What is made for the profile, such as the key that its tokens are bound to. */
  readonly made: Made;
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
  if (grantOf(profile).needs.includes('subjectProfile')) throw forTheEditor(profile);
  const given = await givenInputs(profile, args, terminal);
  const standing = standingOf(stored);
  const secret = await clientSecret(profile, standing, args, terminal);
  const catalogue = await loadCatalogue(join(terminal.home, 'providers'));
  const made = madeInKeychain(standing, terminal);
  const material: RunMaterial = { secret, catalogue, made, given };
  return {
    catalogue,
    run: (one, refresh) => run({ ...stored, profile: one }, material, args, terminal, refresh),
    made: (...how) => made(profile, ...how),
  };
}

/** What the runs of a profile have in common. */
interface RunMaterial {
  readonly secret: ClientSecret;
  readonly catalogue: Catalogue;
  readonly made: NonNullable<FlowDeps['made']>;
  /** What the flow starts from, where that was given and is not to be found in the keychain. */
  readonly given: GivenInputs;
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
    `${quoted(name)} (${grant}) needs somebody to sign in, and nobody is there: this is not a terminal, or --no-sign-in was given. ` +
      'Run it in a terminal or with --sign-in, or use a profile with client_credentials.',
  );
}

function forTheEditor({ name, grant }: Profile): Refusal {
  return new Refusal(
    `${quoted(name)} (${grant}) signs in with another profile, and tells another server who did: only the editor asks whether it may. ` +
      'Get the token there, or use a profile with client_credentials or jwt_bearer.',
  );
}

function run(
  stored: StoredProfile,
  { secret, catalogue, made, given }: RunMaterial,
  args: Arguments,
  terminal: Terminal,
  refresh?: Refresh,
): Promise<FlowReport> {
  const { profile } = stored;
  const standing = standingOf(stored);
  terminal.tell(
    `Getting a token for ${quoted(profile.name)} from ${profile.issuer ?? profile.tokenEndpoint ?? ''}.`,
  );
  const isOneService = oneService(args, catalogue);
  const tellWaiting = waitingTeller(terminal);
  return runFlow(refresh === undefined ? profile.grant : 'refresh_token', profile, {
    ...refresh,
    fetch: profileFetch(profile, programFetch(terminal.environment)),
    clock: systemClock,
    browser: browserOf(terminal.environment, secretVariables(args, terminal)),
    metadata: new MetadataCache(),
    material: (of, kind) => workloadAssertion(of, kind, standing, { signal: terminal.signal }),
    secret: (_, ...where) => secret(...where),
    async input(of, input, tokenEndpoint) {
      return given.get(input.what) ?? fromKeychain(of, standing, terminal, input)(tokenEndpoint);
    },
    async keepInput(of, input, text, tokenEndpoint) {
      if (!given.has(input.what)) await keepInKeychain(of, standing, terminal, input, text, tokenEndpoint);
      else
        terminal.tell(
          `The server has replaced the ${input.noun}. The new one is not stored, and the one you gave may no longer work.`,
        );
    },
    made,
    dialect: () => dialectFor(catalogue, profile),
    isOneService: (_, route) => isOneService(route),
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

/** A workflow command: from here on the log shows *** in its place. @see GitHub Actions, workflow commands, add-mask */
function mask(token: string, { environment, tell }: Terminal): void {
  if (environment['GITHUB_ACTIONS'] === 'true')
    tell(`::add-mask::${token.replaceAll('%', '%25').replace(/[\r\n]/g, '')}`);
}
