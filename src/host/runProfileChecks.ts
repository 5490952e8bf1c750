import { abortable } from '../core/abortable.ts';
import { benchServer } from '../core/checks/benchServer.ts';
import type { OtherClient } from '../core/checks/benchOptions.ts';
import type { ChecksReport } from '../core/checks/report.ts';
import { runChecks, type ChecksChoice, type ChecksProgress } from '../core/checks/runChecks.ts';
import { dialectFor } from '../core/diagnose/recognise.ts';
import { sayHello } from '../core/http/tlsHello.ts';
import { secretPlace, type AuthorizationCodeProfile, type Profile } from '../core/profile/profile.ts';
import { defaultBrowser } from './browser.ts';
import { secretOrAsk } from './clientSecrets.ts';
import { dialogs } from './dialogs.ts';
import { keptOrMade } from '../core/vault/keptOrMade.ts';
import type { Services } from './services.ts';
import { requestTimeout, setting } from './settings.ts';

/**
 * Runs checks of a profile with the extension host's network, browser, keychain and settings.
 *
 * @throws FailureError when the server of the profile cannot be found
 */
export async function runProfileChecks(
  { clock, secrets, runner }: Pick<Services, 'clock' | 'runner' | 'secrets'>,
  profile: Profile,
  others: readonly AuthorizationCodeProfile[],
  choice: ChecksChoice,
  signal: AbortSignal,
  progress?: (event: ChecksProgress) => void,
): Promise<ChecksReport> {
  const timeout = requestTimeout();
  const network = { fetch: runner.fetchFor(profile), clock, signal, timeout };
  const catalogue = await runner.catalogue();
  const server = await benchServer(profile, {
    ...network,
    metadata: runner.metadata,
    isOneService: (route) => abortable(runner.isOneService(profile, route), signal),
  });
  const dialect = dialectFor(catalogue, profile);
  return runChecks(
    {
      ...network,
      hello: sayHello,
      profile,
      server,
      others: others.map((other) => otherOf(secrets, other)),
      ...(dialect === undefined ? {} : { dialect }),
      browser: defaultBrowser,
      signInTimeout: setting('signInTimeout') * 1000,
      made: (...how) => keptOrMade(secrets, profile, ...how),
      material: (kind) => runner.material(profile, kind, signal),
      secret: (tokenEndpoint, elsewhere) =>
        secretOrAsk(profile, secrets, { signal, tokenEndpoint, elsewhere }),
      progress: (event) => {
        // Whoever started the run, it is the user who types the code.
        if (event.kind === 'code') void dialogs.showInformationMessage(event.text);
        progress?.(event);
      },
    },
    choice,
  );
}

/** The other client, with its stored secret if there is one: nobody is asked for it. */
function otherOf(secrets: Services['secrets'], profile: AuthorizationCodeProfile): OtherClient {
  return {
    profile,
    secret: (tokenEndpoint, elsewhere) => secrets.use(secretPlace(profile, tokenEndpoint, {}, elsewhere)),
  };
}
