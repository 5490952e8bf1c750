import { askOnce } from './askOnce.ts';
import type { SayHello } from '../http/tlsHello.ts';
import { plainText } from '../http/plainText.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { navigation } from '../http/navigation.ts';
import { secretEndpoints } from '../oauth/clientAuthentication.ts';
import { madeOnce } from '../madeOnce.ts';
import { decoratorsOf } from '../oauth/decorators.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { Browser, ClientSecret, Clock, Fetch } from '../ports.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import { Bench } from './bench.ts';
import type { Memo } from './checkRecord.ts';
import type { BenchOptions, BenchServer, OtherClient } from './benchOptions.ts';
import type { Check, CheckWords } from './check.ts';
import type { Tell } from './errorShown.ts';
import { Pilot } from './pilot.ts';
import { comesElsewhere, needsSignIn, typesCode, type PlanItem } from './plan.ts';
import { redirectMatching } from './redirectMatching.ts';
import { differences, type ChecksReport, type CheckResult } from './report.ts';
import { refusalOf } from './refusal.ts';
import { runOne } from './runOne.ts';
import { Undetermined } from './undetermined.ts';

/** What a run needs from outside. */
export interface ChecksContext {
  readonly profile: Profile;
  readonly server: BenchServer;
  readonly others?: readonly OtherClient[];
  /** How the token endpoint deviates; absent for plain RFC 6749. */
  readonly dialect?: TokenDialect;
  readonly fetch: Fetch;
  /** As `BenchOptions.hello`. */
  readonly hello?: SayHello;
  readonly clock: Clock;
  readonly browser: Browser;
  readonly signal: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeout: number;
  /** How long the user has to sign in, in milliseconds. */
  readonly signInTimeout: number;
  /** How long the browser may stay away before the user is asked what it shows, in milliseconds; 4 seconds unless told. */
  readonly patience?: number;
  /** Whether nobody can be asked what the browser shows, so that the wait is shorter. */
  readonly unattended?: boolean;
  secret: ClientSecret;
  /** As `BenchOptions.material`. */
  material?: NonNullable<BenchOptions['material']>;
  /** As `BenchOptions.made`; by default, what is made lasts for the run. */
  made?: NonNullable<BenchOptions['made']>;
  /** Called before and after each check. */
  progress?: (event: ChecksProgress) => void;
}

/** The user's choices. */
export interface ChecksChoice<C extends CheckWords = Check> {
  readonly items: readonly PlanItem<C>[];
  /** Whether the browser may be opened. */
  readonly signIn: boolean;
  /** The run to compare with. */
  readonly previous?: ChecksReport;
}

export type ChecksProgress =
  | { readonly kind: 'started'; readonly check: CheckWords; readonly number: number; readonly total: number }
  | { readonly kind: 'ended'; readonly result: CheckResult; readonly number: number; readonly total: number }
  /** The browser stays away: the user may tell what it shows. */
  | { readonly kind: 'away'; readonly tell: Tell }
  /** What it shows no longer matters. */
  | { readonly kind: 'back' }
  /** The user must type a code on the page in the browser. */
  | { readonly kind: 'code'; readonly text: string };

/** How long a signed-in browser has to come back when somebody can tell what it shows, in milliseconds. */
const attendedPass = 60_000;

/** The same when nobody can: a signed-in browser is back at once. */
const unattendedPass = 20_000;

/**
 * Runs the selected checks one after another; a check that cannot go on tells why, and the next one runs.
 *
 * Cancelling ends the run with a report of the checks until then. The loopback listener is closed in every case.
 */
export async function runChecks(context: ChecksContext, choice: ChecksChoice): Promise<ChecksReport> {
  const { profile, server, clock, signal } = context;
  const startedAt = clock.now();
  const results: CheckResult[] = [];
  const drive = await startPilot(context, choice);
  const options = {
    ...benchOptions(context, drive),
    ...showCode(context, choice.signIn),
    decorators: await decoratorsOf(profile),
  };
  const memo: Memo = new Map();
  try {
    for (const [index, item] of choice.items.entries()) {
      if (signal.aborted) break;
      const place = { number: index + 1, total: choice.items.length };
      context.progress?.({ kind: 'started', check: item.check, ...place });
      const found = await runOne(
        atServer(item, profile, server),
        new Bench(options, memo, item.check.title),
        options,
      );
      if (found === undefined) break;
      const result = needsSignIn(item.check) ? withoutBrowser(found, profile) : found;
      results.push(result);
      context.progress?.({ kind: 'ended', result, ...place });
    }
  } finally {
    await drive.pilot?.close();
  }
  const refusal = refusalOf(profile, results, server.metadata?.published);
  const matching = hasRedirect(profile) ? redirectMatching(profile.redirectUri, results) : undefined;
  return {
    profileId: profile.id,
    profileName: profile.name,
    clientId: profile.clientId,
    server: server.issuer ?? server.tokenEndpoint,
    startedAt,
    endedAt: clock.now(),
    cancelled: signal.aborted,
    results,
    ...(refusal !== undefined && { refusal }),
    ...(matching === undefined ? {} : { matching }),
    ...(choice.previous === undefined ? {} : { differences: differences(choice.previous, results) }),
  };
}

/** Adds why no sign-in can decide what requests alone did not. */
function withoutBrowser(result: CheckResult, profile: Profile): CheckResult {
  const why = comesElsewhere(profile);
  const open = result.verdict === 'not_determined' && why !== undefined && !result.meaning.includes(why);
  return open ? { ...result, meaning: `${result.meaning} ${why}` } : result;
}

interface Drive {
  readonly pilot?: Pilot;
  readonly missing?: string;
}

async function startPilot(context: ChecksContext, { items, signIn }: ChecksChoice): Promise<Drive> {
  const { profile, browser, clock, signal, signInTimeout, patience, unattended } = context;
  const missing = comesElsewhere(profile);
  if (missing !== undefined) return { missing };
  const wanted =
    signIn && items.some(({ check, notApplicable: why }) => why === undefined && needsSignIn(check));
  if (!wanted || !hasRedirect(profile)) return {};
  try {
    const { redirectUri } = profile;
    const passTimeout = unattended === true ? unattendedPass : attendedPass;
    const pilot = await Pilot.start({
      ...{ redirectUri, browser, clock, signal, signInTimeout, passTimeout },
      ...(patience === undefined ? {} : { patience }),
      ...(context.made && { made: context.made }),
      away: (tell) => context.progress?.(tell === undefined ? { kind: 'back' } : { kind: 'away', tell }),
    });
    return { pilot };
  } catch (thrown) {
    if (thrown instanceof Undetermined) return { missing: thrown.message };
    throw thrown;
  }
}

/** Shows codes to type, if the profile has them and a sign-in is wanted. */
function showCode(context: ChecksContext, signIn: boolean): Pick<BenchOptions, 'showCode'> {
  if (!signIn || !typesCode(context.profile)) return {};
  return {
    showCode: async ({ userCode, verificationUri, verificationUriComplete = verificationUri }) => {
      // A hostile server must not have the browser open anything but a web page.
      const page = secureUrl(verificationUriComplete, 'authorization').href;
      const where = secureUrl(verificationUri, 'authorization').href;
      context.progress?.({ kind: 'code', text: plainText(`Type ${userCode} at ${where}`, 300) });
      await context.browser.open(page);
      return context.signInTimeout;
    },
  };
}

function benchOptions(context: ChecksContext, { pilot, missing }: Drive): BenchOptions {
  const { profile, server, others = [], dialect, fetch, hello, clock, signal, timeout } = context;
  const { metadata, tokenEndpoint } = server;
  const secretOf = ({ secret }: { readonly secret: ClientSecret }) =>
    secret(tokenEndpoint, metadata && secretEndpoints(metadata.server));
  return {
    profile,
    server,
    others: others.map((other) => ({ ...other, secret: () => secretOf(other) })),
    ...(dialect === undefined ? {} : { dialect }),
    fetch,
    ...(hello === undefined ? {} : { hello }),
    navigate: navigation(fetch, clock),
    clock,
    signal,
    timeout,
    ...(pilot === undefined ? {} : { pilot }),
    ...(missing === undefined ? {} : { pilotMissing: missing }),
    secret: askOnce(() => secretOf(context)),
    ...(context.material && { material: context.material }),
    made: context.made ?? madeOnce(),
  };
}

/** Completes a plan's item once the server is known, as only then is it known which endpoints it has. */
function atServer(item: PlanItem, profile: Profile, server: BenchServer): PlanItem {
  const { endpoint, pushed } = item.check.needs;
  if (item.notApplicable !== undefined) return item;
  if (pushed === true && !pushes(profile, server))
    return {
      ...item,
      notApplicable: 'This profile does not push its requests, and the server does not require it.',
    };
  if (endpoint === undefined) return item;
  if (server[`${endpoint}Endpoint`] !== undefined) return item;
  return { ...item, notApplicable: `The server names no ${endpoint} endpoint.` };
}

/** @see RFC 9126 section 5 */
function pushes({ pushAuthorizationRequest }: Profile, { metadata }: BenchServer): boolean {
  return pushAuthorizationRequest === true || metadata?.server.require_pushed_authorization_requests === true;
}
