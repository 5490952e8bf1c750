import { chooseOther } from '../core/checks/chooseOther.ts';
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

/** The profile that a profile's id, or an issuer, names. @throws Refusal */
export async function subjectOf(args: Arguments, terminal: Terminal): Promise<Subject> {
  const name = args.operand ?? '';
  const isIssuer = /^https?:\/\//i.test(name);
  if (args.has('client-id')) return unwritten(name, isIssuer, args);
  if (args.has('redirect-uri')) throw new Refusal('--redirect-uri goes with --client-id only.');
  const found = await readProfiles(args, terminal);
  const stored = isIssuer ? profileOf(name, found) : profileCalled(name, found);
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
  const found = list.profiles.filter(
    ({ profile }) => withoutSlash(profile.issuer ?? '') === withoutSlash(issuer),
  );
  const [first, ...more] = found;
  if (first === undefined)
    throw new Refusal(`No profile has the issuer ${quoted(issuer)}. Name a client of it with --client-id.`);
  if (more.length > 0)
    throw new Refusal(
      `These profiles have the issuer ${quoted(issuer)}: ${found.map(({ profile }) => profile.id).join(', ')}. Name one of them.`,
    );
  return first;
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
