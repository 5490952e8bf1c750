import { systemClock } from '../adapters/clock.ts';
import type { ApiBenchOptions, ApiTokens } from '../core/checks/apiBench.ts';
import { fewerScopes } from '../core/checks/apiTarget.ts';
import { apiTokens, sendingIdTokens } from '../core/checks/apiTokens.ts';
import { Undetermined } from '../core/checks/undetermined.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Profile } from '../core/profile/profile.ts';
import { tokenHeaderOf } from '../core/profile/tokenHeader.ts';
import { FailureError } from '../core/record/failure.ts';
import type { TokenSet } from '../core/record/report.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { grantRunner, tellFailure } from './getToken.ts';
import { someoneThere } from './options.ts';
import { profileCalled, readProfiles } from './profiles.ts';
import { variableNamed } from './secrets.ts';
import type { Terminal } from './terminal.ts';

/** What an MCP server is asked with, and whose it is. */
interface McpTokens {
  readonly profile?: Profile;
  readonly options: Pick<ApiBenchOptions, 'header' | 'resource' | 'sendsIdToken' | 'tokens'>;
}

/** Where tokens for the server come from; nowhere unless that is said. @throws Refusal */
export async function mcpTokens(args: Arguments, terminal: Terminal): Promise<McpTokens> {
  const [id, variable] = [args.value('profile'), args.value('token-env')];
  if (id !== undefined && variable !== undefined)
    throw new Refusal('--profile and --token-env exclude each other: both give the token.');
  if (variable !== undefined) return { options: { tokens: tokenIn(variable, terminal) } };
  if (id === undefined) return { options: {} };
  const there = someoneThere(args, terminal);
  const stored = profileCalled(id, await readProfiles(args, terminal));
  const { profile } = stored;
  if (profile.dpop === true) throw bound(profile);
  const { catalogue, run } = await grantRunner(stored, there, args, terminal);
  const tokenSet = async (scopes: readonly string[]): Promise<TokenSet | undefined> => {
    const { outcome } = await run({ ...profile, scopes });
    return outcome.kind === 'token' ? outcome.tokens : undefined;
  };
  /** With the refresh token that is good now. */
  let newest: TokenSet | undefined;
  const byRefresh = async (fewer: readonly string[]) => {
    const { outcome } = await run(profile, { fewer, ...(newest && { previous: newest }) });
    if (outcome.kind === 'checked') throw new Undetermined(outcome.meaning);
    if (outcome.kind === 'token') newest = outcome.tokens;
    return outcome;
  };
  const good = async (): Promise<TokenSet> => {
    const report = await run(profile);
    const { outcome } = report;
    if (outcome.kind === 'token') return (newest = outcome.tokens);
    tellFailure(report, catalogue, terminal);
    throw outcome.kind === 'failure' ? new FailureError(outcome.failure) : new Undetermined(outcome.meaning);
  };
  const given = {
    ...{ clock: systemClock, signal: terminal.signal, earlier: [], good },
    ...fewerScopes(profile, { anew: tokenSet, byRefresh }),
  };
  const tokens = apiTokens(profile.sentToken === 'id_token' ? sendingIdTokens(given) : given);
  return { profile, options: { ...ofProfile(profile), tokens } };
}

function bound({ name }: Profile): Refusal {
  return new Refusal(
    `The tokens of ${quoted(name)} are bound to a key that only the editor proves (DPoP). Use “Send with token” there.`,
  );
}

/** How an API is asked with the tokens of a profile. */
function ofProfile(profile: Profile): Pick<ApiBenchOptions, 'header' | 'resource' | 'sendsIdToken'> {
  const [resource] = profile.resource;
  return {
    header: tokenHeaderOf(profile),
    ...(resource !== undefined && { resource }),
    ...(profile.sentToken === 'id_token' && { sendsIdToken: true }),
  };
}

/** @throws Refusal when the variable is not set */
function tokenIn(name: string, { environment }: Terminal): ApiTokens {
  const token = variableNamed(name, 'token-env', { [name]: environment[name]?.trim() });
  const whyNoFewer =
    'A token in a variable cannot be had with fewer scopes: name a profile that uses client credentials with --profile.';
  return { good: () => Promise.resolve(token), whyNoFewer };
}
