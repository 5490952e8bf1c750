import type { BenchServer, OtherClient } from '../../../src/core/checks/benchOptions.ts';
import { planChecks } from '../../../src/core/checks/plan.ts';
import type { Check } from '../../../src/core/checks/check.ts';
import { sayHello } from '../../../src/core/http/tlsHello.ts';
import { runChecks, type ChecksContext } from '../../../src/core/checks/runChecks.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { AuthorizationCodeProfile, Profile } from '../../../src/core/profile/profile.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { assertPlanned } from './passes.ts';
import { JarBrowser, type Page } from '../../demo/jarBrowser.ts';

/** Real time. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    }),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
};

/** The profile a user of the demo would have. */
export function profileOf(issuer: string, client: DemoClient): Profile {
  const common = {
    id: client.clientId,
    name: client.name,
    issuer,
    clientId: client.clientId,
    clientAuthentication: client.clientAuthentication,
    scopes: client.scopes,
    resource: [],
    tokenParameters: {},
  };
  if (client.redirectUri === undefined) return { ...common, grant: client.grant };
  return {
    ...common,
    grant: 'authorization_code',
    redirectUri: client.redirectUri,
    authorizationParameters: {},
  };
}

/** What discovery finds at a server of oidc-provider, but for what this one lacks. */
export function serverOf(
  issuer: string,
  ...lacking: readonly ('introspection' | 'revocation' | 'userinfo' | 'jwks')[]
): BenchServer {
  const has = (name: (typeof lacking)[number], endpoint: Partial<BenchServer>) =>
    lacking.includes(name) ? {} : endpoint;
  return {
    issuer,
    authorizationEndpoint: `${issuer}/auth`,
    tokenEndpoint: `${issuer}/token`,
    ...has('userinfo', { userinfoEndpoint: `${issuer}/me` }),
    ...has('introspection', { introspectionEndpoint: `${issuer}/token/introspection` }),
    ...has('revocation', { revocationEndpoint: `${issuer}/token/revocation` }),
    deviceAuthorizationEndpoint: `${issuer}/device/auth`,
    ...has('jwks', { jwksUri: `${issuer}/jwks` }),
    promisesIssuer: true,
    scopesSupported: ['openid', 'profile', 'email'],
  };
}

/** The same of one that takes pushed requests. */
export function pushedServerOf(issuer: string): BenchServer {
  const server = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    pushed_authorization_request_endpoint: `${issuer}/request`,
  };
  return { ...serverOf(issuer), metadata: { server, issuerKnown: true, sources: {} } };
}

/** What is for clients that push their requests, whose tokens are bound to a key whose user types a code or that are held to FAPI 2.0, but what waits. */
export const noBound = Object.fromEntries(
  [
    ...['used-twice', 'other-client', 'outside'].map((name) => `par.${name}`),
    ...['user-code', 'polling', 'code-twice'].map((name) => `device.${name}`),
    ...['par-required', 'par-authenticated', 'authentication', 'sender-constrained', 'refresh-rotation'].map(
      (name) => `fapi.${name}`,
    ),
    ...['bearer', 'replayed', 'htu', 'htm', 'ath', 'other-key'].map((name) => `dpop.${name}`),
  ].map((id) => [id, 'not_applicable'] as const),
);

/** What is for clients that sign assertions only. */
export const noAssertion = Object.fromEntries(
  ['unsigned', 'other-key', 'audience', 'expired', 'replayed'].map(
    (name) => [`client.assertion-${name}`, 'not_applicable'] as const,
  ),
);

/** What means nothing at plain http. */
export const noTls = { 'response.tls-version': 'not_applicable', 'response.hsts': 'not_applicable' } as const;

export interface TrialOptions {
  readonly issuer: string;
  readonly client: DemoClient;
  readonly other?: DemoClient;
  readonly signIn?: boolean;
  readonly checks?: readonly Check[];
  readonly previous?: ChecksReport;
  /** The browser that signs in by itself; a new one by default. */
  readonly jar?: JarBrowser;
  /** Told whenever the browser is opened. */
  readonly opened?: () => void;
  readonly context?: Partial<ChecksContext>;
  /** What the profile has beyond what the client says. */
  readonly change?: Partial<AuthorizationCodeProfile>;
}

/** Runs the checks of a demo client with a browser that signs in by itself. */
export async function trial(options: TrialOptions): Promise<ChecksReport> {
  const { issuer, client, other } = options;
  const otherClient: OtherClient | undefined =
    other === undefined
      ? undefined
      : {
          profile: profileOf(issuer, other) as AuthorizationCodeProfile,
          secret: () => Promise.resolve(other.clientSecret),
        };
  const profile = { ...profileOf(issuer, client), ...options.change } as Profile;
  const jar = options.jar ?? new JarBrowser();
  const stop = new AbortController();
  /** Where the browser is, once nothing leads on; `nowhere` when a page could not be loaded. */
  let ended: Promise<Page | 'nowhere' | undefined> = Promise.resolve(undefined);
  const context: ChecksContext = {
    profile,
    server: serverOf(issuer),
    others: otherClient === undefined ? [] : [otherClient],
    fetch,
    hello: sayHello,
    clock: realClock,
    browser: {
      open(url) {
        options.opened?.();
        ended = jar.visit(url, stop.signal).catch(() => 'nowhere' as const);
        return Promise.resolve(true);
      },
    },
    signal: new AbortController().signal,
    timeout: 60_000,
    signInTimeout: 20_000,
    patience: 20,
    // A user who says what the browser shows.
    progress: (event) => {
      if (event.kind === 'away')
        void ended.then((page) => {
          if (page === undefined) return;
          event.tell(page !== 'nowhere' && page.status >= 400 ? 'error' : 'other');
        });
    },
    secret: () => Promise.resolve(client.clientSecret),
    ...options.context,
  };
  const subject = { profile, hasOtherClient: other !== undefined };
  const items = planChecks(subject, options.checks).filter(
    // They wait for minutes: only a clock that can be put forward runs them.
    ({ check }) =>
      !['code.lifetime', 'par.expired'].includes(check.id) || options.context?.clock !== undefined,
  );
  try {
    const { signIn = true, previous } = options;
    const report = await runChecks(context, { items, signIn, ...(previous && { previous }) });
    if (signIn) assertPlanned(report, items, subject);
    return report;
  } finally {
    stop.abort();
  }
}
