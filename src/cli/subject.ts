import { chooseOther } from '../core/checks/chooseOther.ts';
import type { StoredProfile } from '../core/profile/mergeProfiles.ts';
import { parseProfile } from '../core/profile/parseProfile.ts';
import { quoted } from '../core/profile/problem.ts';
import type { AuthorizationCodeProfile, Profile } from '../core/profile/profile.ts';
import type { Standing } from '../core/vault/secretBinding.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { placeOf, profileCalled, readProfiles, standingOf, type FoundProfiles } from './profiles.ts';
import type { Terminal } from './terminal.ts';
import { withoutSlash } from '../core/http/ends.ts';

/** What is checked. */
export interface Subject {
  readonly profile: Profile;
  readonly standing: Standing;
  /** Another client of the same server. */
  readonly other?: AuthorizationCodeProfile;
  /** Where the profile is written. */
  readonly place: { readonly file: string; readonly line: number };
}

/** What is to be checked, and the entries that would be if they could. */
export interface Subjects {
  readonly subjects: readonly Subject[];
  /** A sentence for each. */
  readonly unusable: readonly string[];
}

/** The profiles that ids or issuers name, or all there are. @throws Refusal */
export async function subjectsOf(args: Arguments, terminal: Terminal): Promise<Subjects> {
  const [name = ''] = args.operands;
  if (args.has('client-id')) {
    if (args.operands.length !== 1) throw new Refusal('--client-id goes with one issuer.');
    return { subjects: [unwritten(name, isUrl(name), args)], unusable: [] };
  }
  if (args.has('redirect-uri')) throw new Refusal('--redirect-uri goes with --client-id only.');
  const found = await readProfiles(args, terminal);
  const { profiles, invalid } = found.list;
  const named = args.operands.map((one) => (isUrl(one) ? profileOf(one, found) : profileCalled(one, found)));
  const all = args.has('all');
  const stored = all ? profiles : [...new Set(named)];
  if (stored.length === 0 && invalid.length === 0) throw new Refusal('There are no profiles to check.');
  return {
    subjects: stored.map((one) => subjectOf(one, found)),
    unusable: (all ? invalid : []).map(
      ({ id, problems }) =>
        `${id === undefined ? 'An entry without an id' : `The profile ${quoted(id)}`} cannot be used. ${problems.map(({ message }) => message).join(' ')}`,
    ),
  };
}

function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

function subjectOf(stored: StoredProfile, found: FoundProfiles): Subject {
  const others = found.list.profiles.map(({ profile }) => profile);
  const other = chooseOther(stored.profile, others);
  return {
    profile: stored.profile,
    standing: standingOf(stored),
    ...(other === undefined ? {} : { other }),
    place: placeOf(stored, found),
  };
}

function profileOf(issuer: string, { list }: FoundProfiles) {
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

/** A public client that stands in no settings. */
function unwritten(issuer: string, isIssuer: boolean, args: Arguments): Subject {
  if (!isIssuer) throw new Refusal('--client-id goes with an issuer, such as https://as.example.com.');
  const parsed = parseProfile({
    id: 'command-line',
    name: args.value('client-id'),
    grant: 'authorization_code',
    issuer,
    clientId: args.value('client-id'),
    clientAuthentication: 'none',
    redirectUri: args.value('redirect-uri') ?? 'http://127.0.0.1/callback',
    scopes: [],
  });
  if (!('profile' in parsed))
    throw new Refusal(`This cannot be checked. ${parsed.problems.map(({ message }) => message).join(' ')}`);
  return { profile: parsed.profile, standing: 'user', place: { file: '.vscode/settings.json', line: 1 } };
}
