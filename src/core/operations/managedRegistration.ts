import { randomUUID } from 'node:crypto';
import { contextOf, liveFlow, type FlowDeps } from '../flow/runFlow.ts';
import { grantOf } from '../grants/all.ts';
import { plainText } from '../http/plainText.ts';
import { originOf } from '../http/urlHost.ts';
import { scrubFailure } from '../http/scrubFailure.ts';
import type { FlowContext } from '../oauth/context.ts';
import { serverMetadata } from '../oauth/serverMetadata.ts';
import { secretOrigin, type Profile } from '../profile/profile.ts';
import { FailureError } from '../record/failure.ts';
import type { FlowReport } from '../record/report.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';
import { textsOf } from '../../shared/json.ts';
import { missingInRegistration, updatedRegistration } from './compareRegistration.ts';
import { keysOf } from './registeredKeys.ts';
import { askAboutClient, type ClientAnswer, type KeptRegistration } from './registrationRequest.ts';

/** What can be done with a client that is registered. @see RFC 7592 section 2 */
export type RegistrationAction = 'read' | 'update' | 'delete';

/** What the vault has to keep in the place of what it has. */
export interface RenewedRegistration {
  readonly registration: KeptRegistration;
  /** What the client authenticates with, as the server says it. */
  readonly clientSecret?: string;
}

/** What is done with which client, and where its secrets are kept. */
export interface ManagedRegistration {
  readonly action: RegistrationAction;
  readonly profile: Profile;
  readonly kept: KeptRegistration;
  /** Called after each answer: a token that was renewed replaces the old one, which is worth nothing any more. */
  readonly keep: (renewed: RenewedRegistration) => Promise<void>;
}

/**
 * Reads the registration of a profile's client, brings it in line with the profile, or deletes it; written down as a flow of its
 * own. Never rejects.
 *
 * @see RFC 7592 section 2
 */
export async function runManagedRegistration(
  managed: ManagedRegistration,
  deps: FlowDeps,
): Promise<FlowReport> {
  const { clock, signal = new AbortController().signal } = deps;
  const { profile, kept } = managed;
  const start = { id: randomUUID(), kind: 'registration', profile, startedAt: clock.now() };
  const trace: Trace = new Trace(() => deps.onProgress?.(liveFlow(start, trace)));
  trace.useSecret(kept.token);
  const end = (outcome: FlowReport['outcome']): FlowReport => {
    return { ...start, endedAt: clock.now(), exchanges: trace.exchanges, outcome };
  };
  try {
    signal.throwIfAborted();
    const context = await contextOf(profile, deps, trace, signal);
    await requireOwnAddress(profile, kept.uri, context);
    return end({ kind: 'checked', title: 'Registration', ...(await perform(managed, context)) });
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    return end({ kind: 'failure', failure: scrubFailure(failure, trace) });
  }
}

interface Said {
  readonly verdict: string;
  readonly meaning: string;
}

async function perform(managed: ManagedRegistration, context: FlowContext): Promise<Said> {
  const { action, profile, kept } = managed;
  if (action === 'delete') {
    await askAboutClient({ method: 'DELETE', profile, kept }, context);
    return {
      verdict: 'deleted',
      meaning: `The server deleted the client ${plainText(profile.clientId, 200)}: nobody gets a token with it any more, and the profile is of no use.`,
    };
  }
  const read = await asked(managed, { method: 'GET', profile, kept }, context);
  const keys = await keysOf(profile, read.members, context);
  const missing = missingInRegistration(profile, read.members, keys);
  if (missing.length === 0)
    return { verdict: 'as the profile', meaning: `${described(read)} It fits the profile.` };
  if (action === 'read')
    return {
      verdict: 'differs',
      meaning: `${described(read)} The profile wants more: ${missing.join('; ')}.`,
    };
  const body = updatedRegistration(profile, read.members, keys);
  const updated = await asked(managed, { method: 'PUT', profile, kept: read.kept, body }, context);
  const still = missingInRegistration(profile, updated.members, keys);
  return still.length === 0
    ? { verdict: 'updated', meaning: `The server took over what the profile wants. ${described(updated)}` }
    : {
        verdict: 'updated in part',
        meaning: `The server answered the change, but still has not: ${still.join('; ')}. ${described(updated)}`,
      };
}

/** Sends a request, and has what was renewed kept before anything else can fail. */
async function asked(
  { profile, keep }: ManagedRegistration,
  request: Parameters<typeof askAboutClient>[0],
  context: FlowContext,
): Promise<ClientAnswer> {
  const answer = await askAboutClient(request, context);
  const { members, kept } = answer;
  const secret = members['client_secret'];
  const registered = members['token_endpoint_auth_method'] === profile.clientAuthentication;
  await keep({
    registration: kept,
    ...(context.authentication.usesSecret && registered && typeof secret === 'string' && secret !== ''
      ? { clientSecret: secret }
      : {}),
  });
  return answer;
}

/** What the server has of the client, in words. */
function described({ members }: ClientAnswer): string {
  const parts = [
    ['redirect URIs', members['redirect_uris']],
    ['client authentication', members['token_endpoint_auth_method']],
    ['grants', members['grant_types']],
    ['scopes', members['scope']],
  ] as const;
  const said = parts.flatMap(([name, value]) => {
    const text = Array.isArray(value) ? textsOf(value).join(' ') : value;
    return typeof text === 'string' && text !== '' ? [`${name}: ${plainText(text, 300)}`] : [];
  });
  return said.length === 0
    ? 'The client is registered.'
    : `The client is registered with ${said.join('; ')}.`;
}

/**
 * The token that manages a client goes to the profile's own server only.
 *
 * @throws FailureError of kind `invalid_profile`, before anything was sent there
 */
async function requireOwnAddress(profile: Profile, uri: string, context: FlowContext): Promise<void> {
  const origin = originOf(uri) ?? 'no address';
  if (origin === secretOrigin(profile)) return;
  context.trace.enter('discovery');
  const needs = { endpoints: ['registration_endpoint'], actsForUser: grantOf(profile).actsForUser } as const;
  const { published } = await serverMetadata(profile, context, needs);
  if (originOf(published?.registration_endpoint) === origin) return;
  const problem = `The registration is managed at ${plainText(origin, 200)}, but its token belongs to ${secretOrigin(profile)}.`;
  throw new FailureError({
    ...{ kind: 'invalid_profile', step: 'registration', problems: [problem] },
    message: `${problem} It was not sent.`,
    advice: 'Correct the issuer of the profile, or change the client in the pages of its server.',
  });
}
