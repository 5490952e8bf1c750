import type { SignInRowView } from '../../shared/views/tokenView.ts';
import { duration } from '../../shared/duration.ts';
import { visibleText } from '../../shared/visibleText.ts';
import { signInAskedWith } from '../oauth/signInParameters.ts';
import { moment, quoted } from './finding.ts';
import type { JsonObject } from './json.ts';
import type { TokenReading } from './reading.ts';
import { momentOf } from './times.ts';

/** What the tokens show about a parameter. */
type Seen = Pick<SignInRowView, 'verdict' | 'text'>;

/** What the tokens tell about the sign-in. */
interface Told {
  /** A claim of the ID token, or else of the access token. */
  readonly claim: (name: string) => unknown;
  /** The claims of the ID token. */
  readonly user: JsonObject;
  /** Why neither can tell, within a sentence. */
  readonly why: string;
}

const judges: Readonly<Record<string, (asked: string, told: Told) => Seen>> = {
  login_hint: user,
  prompt: page,
  max_age: (asked, told) => time(told, Number(asked)),
  acr_values: strength,
  ui_locales: (_asked, { user: { locale } }) =>
    unseen(
      `it is about the pages that were shown.${typeof locale === 'string' ? ` The claim locale (${quoted(locale)}) is the language of the user, not of a page.` : ''}`,
    ),
};

/** What the sign-in asked for besides scopes, each with what the tokens show of it; empty when it asked for nothing else. */
export function signInAsked({ source, tokens: { access, id } }: TokenReading): readonly SignInRowView[] {
  if (source.kind === 'text') return [];
  const asked = signInAskedWith(source.profile);
  const [user = {}, others = {}] = [id?.payload?.json, access?.payload?.json];
  const told: Told = {
    claim: (name) => user[name] ?? others[name],
    user,
    why: id === undefined ? 'no ID token came' : id.payload?.json ? '' : 'the ID token cannot be read',
  };
  return Object.entries(judges).flatMap(([name, judge]) => {
    const value = asked[name];
    return value === undefined
      ? []
      : [{ name, asked: visibleText(value.slice(0, 200)), ...judge(value, told) }];
  });
}

function unseen(why: string): Seen {
  return { verdict: 'unseen', text: `Cannot be seen in the answer: ${why}` };
}

/** @see OpenID Connect Core 1.0 section 5.1 */
const names = ['email', 'preferred_username', 'upn', 'phone_number', 'sub'];

function user(hint: string, { user, why }: Told): Seen {
  const there = names.flatMap((name) =>
    typeof user[name] === 'string' ? [[name, user[name]] as const] : [],
  );
  const same = there.find(([, value]) => value.toLowerCase() === hint.toLowerCase());
  if (same) return { verdict: 'kept', text: `The user who signed in has it as ${same[0]}.` };
  const others = there.filter(([name]) => name !== 'sub');
  if (others.length === 0)
    return unseen(why === '' ? 'the ID token has neither email nor preferred_username.' : `${why}.`);
  return {
    verdict: 'other',
    text: `The user who signed in has ${others.map(([name, value]) => `${name} ${quoted(value)}`).join(', ')}.`,
  };
}

function page(prompt: string, told: Told): Seen {
  const words = prompt.split(' ');
  if (words.includes('login')) return time(told);
  return unseen(
    words.includes('none')
      ? 'a server that keeps to it answers login_required or interaction_required where it had to show a page.'
      : 'no claim says which pages were shown.',
  );
}

/** @param most seconds between the sign-in and the token; a token that was refreshed may have more */
function time({ claim, why }: Told, most?: number): Seen {
  const [signedIn, issued] = [momentOf(claim('auth_time')), momentOf(claim('iat'))];
  if (signedIn === undefined) return unseen(`${why || 'no token has auth_time'}.`);
  const age = issued === undefined ? undefined : Math.max(issued - signedIn, 0);
  const before = age === undefined ? '' : `, ${duration(age)} before the token was issued`;
  const kept = most !== undefined && age !== undefined && age <= most * 1000;
  return {
    verdict: kept ? 'kept' : 'told',
    text: `The user signed in on ${moment(signedIn)}${before} (auth_time).`,
  };
}

function strength(asked: string, { claim, why }: Told): Seen {
  const acr = claim('acr');
  if (typeof acr !== 'string') return unseen(`${why || 'no token has acr'}.`);
  return asked.split(' ').includes(acr)
    ? { verdict: 'kept', text: `The user signed in with ${quoted(acr)} (acr).` }
    : { verdict: 'other', text: `The user signed in with ${quoted(acr)} (acr), which was not asked for.` };
}
