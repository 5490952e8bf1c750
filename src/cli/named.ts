import { withoutSlash } from '../core/http/ends.ts';
import type { StoredProfile } from '../core/profile/mergeProfiles.ts';
import { parseProfile } from '../core/profile/parseProfile.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { clientOptions } from './options.ts';
import { profileCalled, type FoundProfiles } from './profiles.ts';

/** The profile with this id, or the one with this issuer. @throws Refusal */
export function profileNamed(name: string, found: FoundProfiles): StoredProfile {
  return isUrl(name) ? profileOf(name, found) : profileCalled(name, found);
}

/** The client that `--client-id` names at an issuer, which stands in no settings; undefined without that option. @throws Refusal */
export function unwrittenClient(args: Arguments): Profile | undefined {
  const clientId = args.value('client-id');
  if (clientId === undefined) {
    const alone = clientOptions.find(({ name }) => args.has(name));
    if (alone !== undefined) throw new Refusal(`--${alone.name} goes with --client-id only.`);
    return undefined;
  }
  const [issuer = '', ...more] = args.operands;
  if (more.length > 0) throw new Refusal('--client-id goes with one issuer.');
  if (!isUrl(issuer)) throw new Refusal('--client-id goes with an issuer, such as https://as.example.com.');
  const given = (field: string, option: string) => (args.has(option) ? { [field]: args.value(option) } : {});
  const parsed = parseProfile({
    ...{ id: 'command-line', name: clientId, issuer, clientId },
    grant: args.value('grant') ?? 'authorization_code',
    scopes: args.values('scope').flatMap((scopes) => scopes.split(/\s+/).filter(Boolean)),
    ...given('clientAuthentication', 'client-authentication'),
    ...given('redirectUri', 'redirect-uri'),
    ...given('audience', 'audience'),
    ...(args.has('resource') ? { resource: args.values('resource') } : {}),
  });
  if ('profile' in parsed) return parsed.profile;
  throw new Refusal(`This client cannot be used. ${parsed.problems.map(({ message }) => message).join(' ')}`);
}

function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

function profileOf(issuer: string, { list }: FoundProfiles): StoredProfile {
  const wanted = spelt(issuer);
  const found = list.profiles.filter(({ profile }) => spelt(profile.issuer ?? '') === wanted);
  const [first, ...more] = found;
  if (first === undefined)
    throw new Refusal(`No profile has the issuer ${quoted(issuer)}. Name a client of it with --client-id.`);
  if (more.length > 0)
    throw new Refusal(
      `These profiles have the issuer ${quoted(issuer)}: ${found.map(({ profile }) => profile.id).join(', ')}. Name one of them.`,
    );
  return first;
}

/** An address as every spelling of its scheme and host is compared. */
function spelt(url: string): string {
  return withoutSlash(URL.canParse(url) ? new URL(url).href : url);
}
