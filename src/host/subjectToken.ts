import { hostVerdict } from '../core/api/hostVerdict.ts';
import type { PartnerDeps } from '../core/flow/runFlow.ts';
import { FailureError, type Failure } from '../core/record/failure.ts';
import { secretOrigin, type Profile } from '../core/profile/profile.ts';
import type { GrantInput } from '../core/profile/traits.ts';
import { confirmHost } from './confirmHost.ts';
import type { Services } from './services.ts';
import { usedOrigins } from './usedOrigins.ts';

/**
 * The token of the profile that another one names as its `subjectProfile`, or in `fromProfile`'s field, renewed if it has
 * expired. It may go to another server only if it was issued for that, or the user agrees.
 *
 * @returns undefined when the user did not agree
 * @throws FailureError when there is no such profile, or it has no token
 */
export async function subjectToken(
  services: Pick<Services, 'globalState' | 'profiles' | 'session'>,
  profile: Profile,
  tokenEndpoint: string,
  signal: AbortSignal,
  { fromProfile: field = 'subjectProfile', tokenType = profile.subjectTokenType }: Wanted = {},
): Promise<string | undefined> {
  const subject = subjectOf(services, profile, field);
  const obtained = await services.session.current(subject, signal);
  if (obtained.kind === 'failure') throw new FailureError(ofSubject(subject, obtained.failure));
  const { tokens } = obtained;
  const kind = kindOf(tokenType);
  const token = tokens[kind];
  if (token === undefined) throw unusable(profile, field, `Its server issued no ${kind}`);
  const verdict = hostVerdict(tokenEndpoint, subject, tokens, usedOrigins(services.globalState, subject));
  // A token may go back to the server that issued it, whatever its audience is.
  const mayGo = verdict.kind === 'known' || secretOrigin(subject) === secretOrigin(profile);
  return mayGo || (await confirmHost(services, subject, verdict)) ? token : undefined;
}

/**
 * The profile that another one names as its `subjectProfile`, with its tokens if they are still valid, for a flow over both
 * servers. The other server learns who signed in only if the user agrees.
 *
 * @throws FailureError when there is no usable profile, or the user did not agree
 */
export async function partnerOf(
  services: Pick<Services, 'globalState' | 'profiles' | 'session' | 'tokens'>,
  profile: Profile,
): Promise<Omit<PartnerDeps, 'deps'>> {
  const partner = subjectOf(services, profile, 'subjectProfile');
  if (!(await mayTell(services, partner, secretOrigin(profile)))) throw notAgreed(partner, profile);
  const kept = await services.session.good(partner);
  return {
    profile: partner,
    ...(kept && { kept }),
    async keep(tokens) {
      // The profile may have been deleted during the sign-in.
      if (services.profiles.get(partner.id, partner.environment)) await services.tokens.set(partner, tokens);
    },
  };
}

async function mayTell(
  services: Pick<Services, 'globalState'>,
  partner: Profile,
  origin: string,
): Promise<boolean> {
  if (secretOrigin(partner) === origin || usedOrigins(services.globalState, partner).includes(origin))
    return true;
  return confirmHost(services, partner, {
    kind: 'ask',
    origin,
    why: 'An assertion (ID-JAG) is sent, which tells that server who signed in.',
  });
}

function notAgreed({ name }: Profile, profile: Profile): FailureError {
  return new FailureError({
    kind: 'cancelled',
    step: 'profile',
    message: `Nothing of “${name}” was sent to ${secretOrigin(profile)}: you did not agree.`,
    advice: 'Run it again and agree if that server may know who signed in.',
  });
}

/** `id_token` out of `urn:ietf:params:oauth:token-type:id_token`. */
function kindOf(type = ''): 'id_token' | 'refresh_token' | 'access_token' {
  const name = type.slice(type.lastIndexOf(':') + 1);
  return name === 'id_token' || name === 'refresh_token' ? name : 'access_token';
}

type Wanted = Pick<GrantInput, 'fromProfile' | 'tokenType'>;

/** The fields that name another profile. */
type NamingField = NonNullable<Wanted['fromProfile']>;

/** @throws FailureError when there is none, or profiles wait for each other's tokens */
function subjectOf({ profiles }: Pick<Services, 'profiles'>, profile: Profile, field: NamingField): Profile {
  const named = (id: string) => profiles.get(id, profile.environment)?.profile;
  const found = named(profile[field] ?? '');
  if (found === undefined) throw unusable(profile, field, 'There is no profile with that ID');
  const needed = [found.id];
  const seen = new Set<string>();
  for (const id of needed) {
    if (id === profile.id) throw unusable(profile, field, 'It needs the token of this profile itself');
    if (seen.has(id)) continue;
    seen.add(id);
    const { subjectProfile, actorProfile } = named(id) ?? {};
    needed.push(...[subjectProfile, actorProfile].filter((further) => further !== undefined));
  }
  return found;
}

function unusable(profile: Profile, field: NamingField, why: string): FailureError {
  const problem = `${field} is “${profile[field] ?? ''}”. ${why}.`;
  return new FailureError({
    kind: 'invalid_profile',
    step: 'profile',
    problems: [problem],
    message: problem,
    advice:
      'Write the ID of the profile whose token is to be handed in, or remove the field to be asked for a token.',
  });
}

function ofSubject({ name }: Profile, failure: Failure): Failure {
  const told = { ...failure, message: `The token of “${name}” could not be had: ${failure.message}` };
  // That exchange belongs to the other run.
  Reflect.deleteProperty(told, 'exchange');
  return told;
}
