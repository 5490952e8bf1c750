import { type MarkedToken, markedTokens } from '../http/tokenMarks.ts';
import { placeholderIn } from '../import/placeholder.ts';
import { placedSecrets } from './places.ts';
import { isExample, isOpaque, isPassword, isRandom, isSecret } from './secretText.ts';
import { blanksEnd, longest, pairedValue, type Span, valueBehind } from './valueBehind.ts';
import { beginsWord, unwrapped, wrappedEnd } from './wrapped.ts';

/** What kind of secret stands in a text. */
type LeakKind = 'jwt' | 'bearer' | 'refresh_token' | 'client_secret' | 'credentials' | 'private_key';

/** A secret in a text, as offsets in UTF-16 units; never the secret itself. */
export interface Leak {
  readonly kind: LeakKind;
  readonly start: number;
  readonly end: number;
  /** What the file calls it: the name before the value; absent where nothing stands there. */
  readonly name?: string;
}

/** No more leaks than these are reported for a file. */
const most = 100;

/**
 * Finds JWTs, bearer tokens, those that say whose they are, refresh tokens, client secrets, API keys, Basic credentials and private keys in the text of an `.http`, `.env`, JSON or YAML file, in one look at
 * each character. What is only a placeholder is none.
 *
 * @returns in their order
 */
export function findLeaks(text: string): readonly Leak[] {
  const all: Leak[] = [];
  let kept: readonly Leak[] = [];
  let near = text;
  for (const look of looks) {
    all.push(...first(look(near)));
    kept = apart(all);
    // What begins behind the last one that is told is of no interest any more.
    near = near.slice(0, (kept[most - 1]?.end ?? Infinity) + longest);
  }
  return kept;
}

/** In their order, none within another. */
function apart(all: Leak[]): readonly Leak[] {
  const kept: Leak[] = [];
  for (const leak of all.sort((a, b) => a.start - b.start))
    if (leak.start >= (kept.at(-1)?.end ?? 0) && kept.length < most) kept.push(leak);
  return kept;
}

function first(some: Iterable<Leak>): readonly Leak[] {
  const found: Leak[] = [];
  for (const one of some) if (found.push(one) === most) break;
  return found;
}

/** Where words begin and end, in their order: one expression for all takes a quarter of the time of a look for each. */
function* found(text: string, words: RegExp) {
  words.lastIndex = 0;
  for (let match = words.exec(text); match !== null; match = words.exec(text))
    yield { word: match[0], at: match.index, from: words.lastIndex };
}

/** What is found by words, in its order; of what stands at one place, what the first of the words says. Each is looked for again where the look at it ended. */
function foundBy(
  text: string,
  words: RegExp,
  ranks: readonly string[],
  look: (at: number, rank: number) => Found,
): Iterable<Leak> {
  const all = new Map<number, { readonly leak: Leak; readonly rank: number }>();
  const passed = ranks.map(() => 0);
  words.lastIndex = 0;
  // What is found may have another word that says more of it: one more than are told.
  for (let match = words.exec(text); match !== null && all.size <= most; match = words.exec(text)) {
    const at = match.index;
    // Words stand within each other.
    words.lastIndex = at + 1;
    const rank = ranks.indexOf(match[0]);
    if (at < (passed[rank] ?? 0)) continue;
    const { leak, next } = look(at, rank);
    passed[rank] = next;
    if (leak && rank < (all.get(leak.start)?.rank ?? Infinity)) all.set(leak.start, { leak, rank });
  }
  return [...all.values()].map(({ leak }) => leak).sort((a, b) => a.start - b.start);
}

interface Found {
  readonly leak?: Leak;
  /** Where the search goes on. */
  readonly next: number;
}

/**
 * The JWT that stands at `at`, an offset in UTF-16 units; absent where none does. What is far from it is not looked at.
 *
 * @see RFC 7519 section 3
 */
export function jwtAt(text: string, at: number): string | undefined {
  const start = Math.max(0, at - longest);
  const near = text.slice(start, at + longest);
  for (const jwt of jwts(near))
    if (start + jwt.start <= at && at <= start + jwt.end) return unwrapped(near.slice(jwt.start, jwt.end));
  return undefined;
}

/** The first characters of every JWT: base64url of `{"`, also with a blank or a line end between. @see RFC 7515 section 7.1 */
const jwtStarts = ['eyJ', 'eyAi', 'ewog', 'ewoJ', 'ew0K'];
const jwtStart = new RegExp(jwtStarts.join('|'), 'g');

const jwts = (text: string) => foundBy(text, jwtStart, jwtStarts, (at) => jwtFrom(text, at));

function jwtFrom(text: string, at: number): Found {
  const line = endOfToken(text, at);
  const all = wrappedEnd(text, at, line, isJwt(text.slice(at, line)));
  // Only without a signature a JWT ends with a point itself.
  const end = text.charCodeAt(all - 1) === 46 && !isJwt(unwrapped(text.slice(at, all))) ? all - 1 : all;
  if (!beginsWord(text, at) || !isJwt(unwrapped(text.slice(at, end)))) return { next: end };
  const name = nameBefore(text, at);
  return { leak: { kind: 'jwt', start: at, end, ...(name !== undefined && { name }) }, next: end };
}

/** Three parts, or the five of an encrypted one, and a header that says how. @see RFC 7519 section 3, RFC 7516 section 3 */
function isJwt(text: string): boolean {
  const parts = text.split('.', 6);
  const [header = '', payload = '', signature = ''] = parts;
  if ((parts.length !== 3 && parts.length !== 5) || payload.length + signature.length < 16) return false;
  const decoded = Buffer.from(header.slice(0, 4000), 'base64url').toString('latin1');
  return /"(?:alg|enc|typ|kid)"\s{0,9}:/.test(decoded);
}

const isTokenCharacter = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 45 ||
  code === 95;

function endOfToken(text: string, start: number): number {
  const limit = Math.min(text.length, start + longest);
  let at = start;
  while (at < limit && (isTokenCharacter(text.charCodeAt(at)) || text.charCodeAt(at) === 46)) at++;
  // The point at the end of a sentence.
  return text.charCodeAt(at - 1) === 46 && text.charCodeAt(at - 2) === 46 ? at - 2 : at;
}

/** `X-Vault-Token`, `auth_token`, `botToken`. */
const weak =
  /^X-[\w-]{1,40}-Token$|(?:^|[_-])(?:auth|api|bot|admin|personal|private|deploy)[_-]?token$|^[a-z]{0,20}(?:auth|api|bot)Token$/i;
/** Tokens that give no access. */
const harmless = /(?:csrf|xsrf|forgery|page|next|cursor|continuation|sync|device|push)[_-]?token$/i;

/** What secrets are called, in any case or as they are listed, and the words before and behind. */
const names: readonly (readonly [word: string | readonly string[], pattern: RegExp, kind: LeakKind])[] = [
  // Also Auth.js's `AUTH_GITHUB_SECRET` and Keycloak's `credentials.secret`.
  [
    'secret',
    /(?:client|consumer|app|application|api|oauth|credentials|\bAUTH_[A-Z0-9_]{1,40})[ ._-]?secret$/i,
    'client_secret',
  ],
  ['refresh', /refresh[ _-]?token$/i, 'refresh_token'],
  ['access', /access[ _-]?token$/i, 'bearer'],
  ['api', /api[ _-]?key$/i, 'credentials'],
  [['bearer_token', 'BEARER_TOKEN'], /bearer_token$/i, 'bearer'],
  [['earerToken'], /bearerToken$/i, 'bearer'],
  [['ubscription-'], /^Ocp-Apim-Subscription-Key$/i, 'credentials'],
  // Of Azure and AWS, each in the spellings that there are.
  [['unctions-'], /^X-Functions-Key$/i, 'credentials'],
  [['ccess_key', 'CCESS_KEY'], /secret_access_key$/i, 'credentials'],
  [['ccessKey'], /(?:secret|shared)AccessKey$/i, 'credentials'],
  [['AccountKey'], /^AccountKey$/, 'credentials'],
  // Everything else is called a token, too: what these hold has to say more.
  ['token', weak, 'bearer'],
];
const endOfName = String.raw`(?=["'=:\]\\,\r\n\t]| [=: ])`;
const spellings = names.flatMap(([word, pattern, kind]) =>
  (typeof word === 'string'
    ? [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)]
    : word
  ).map((spelling) => ({ spelling, pattern, kind })),
);
const spelled = spellings.map(({ spelling }) => spelling);
// This very common word counts only at the end of a name.
const anySpelled = new RegExp(
  spellings.map(({ spelling, pattern }) => spelling + (pattern === weak ? endOfName : '')).join('|'),
  'g',
);

const named = (text: string) =>
  foundBy(text, anySpelled, spelled, (at, rank) => {
    const { pattern, kind } = spellings[rank] ?? { pattern: weak, kind: 'bearer' };
    return namedAt(text, at, pattern, kind);
  });

/** The value behind a name that `at` is within, where it is one of those that count. */
function namedAt(text: string, at: number, pattern: RegExp, kind: LeakKind): Found {
  const { start, end } = nameAround(text, at, kind !== 'client_secret');
  const plain = valueBehind(text, end);
  const value = plain ?? pairedValue(text, start, end);
  if (!value) return { next: end };
  const next = Math.max(end, value.end);
  const name = text.slice(start, end).trim();
  const secret = text.slice(value.start, value.end);
  const random = secret.replace(numbered, '');
  const isNested = name === 'secret' && inCredentials.test(text.slice(Math.max(0, start - 80), start));
  const isNamed = isNested || (pattern !== weak && pattern.test(name));
  // In a list of variables the name may say less, and the value has to say more.
  const saysLess = capitals.test(name) || (pattern === weak && saysToken(text, start, name));
  const isVariable = (saysLess && isRandom(random)) || (!plain && /secret$/i.test(name));
  if (!isNamed && !isVariable) return { next };
  const isAny = isNamed && !isNested && (kind === 'client_secret' || kind === 'refresh_token');
  if (!isSecret(secret) || (!isAny && !isOpaque(random))) return { next };
  const isOwn = !isNamed && ofServers.test(name);
  const called = name.replace(/^(?:[-\s]|export\s)+/, '');
  return { leak: { kind: isOwn ? 'credentials' : kind, ...value, name: called }, next };
}

/** Where the name begins and ends that `at` is within; `client_secret token` is none. */
function nameAround(text: string, at: number, mayBeToken: boolean): Span {
  let end = at;
  while (end < at + 60 && isTokenCharacter(text.charCodeAt(end))) end++;
  if (mayBeToken && text.charCodeAt(end) === 32 && /^ token\b/i.test(text.slice(end, end + 7))) end += 6;
  // Behind the name of a value stands nothing but what parts the two.
  let start = at;
  while (start > at - 60 && isNameCharacter(text.charCodeAt(start - 1))) start--;
  if (text.charAt(start - 1) === '\\' && 'nrt'.includes(text.charAt(start))) start++;
  return { start, end };
}

/** Whether something is a token by a weaker name, or by where it stands: `@orders_token = x`, `?token=x`. */
function saysToken(text: string, start: number, name: string): boolean {
  if (harmless.test(name)) return false;
  if (weak.test(name)) return true;
  if (!/token$/i.test(name)) return false;
  return /[?&]$|(?:^|[\r\n])@$/.test(text.slice(Math.max(0, start - 2), start));
}

/** A variable of an environment, whoever's secret it is: `GOOGLE_SECRET`, `BOT_TOKEN`. */
const capitals = /^(?:export )?[A-Z][A-Z0-9_]*_(?:SECRET|(?:AUTH)?TOKEN)$/;
/** The number of a bot before its token. @see https://core.telegram.org/bots/api#authorizing-your-bot */
const numbered = /^\d{6,12}:/;
/** Secrets that a server keeps for itself. */
const ofServers = /(?:JWT|SESSION|COOKIE|CSRF|WEBHOOK|SIGNING|HMAC|NEXTAUTH)_SECRET$/i;

/** What stands before the name of the secret in keycloak.json and in Spring's YAML. */
const inCredentials = /\bcredentials["']?\s{0,9}:\s{0,40}\{?\s{0,40}["']?$/;

/** Also a blank and a point: `Client Secret`, `security.oauth2.client-secret`. */
const isNameCharacter = (code: number) => isTokenCharacter(code) || code === 32 || code === 46;

/** `sk-ant-api03-your_token_here` */
const madeUp = /[-_.](?:your|example|here)(?:[-_.]|$)/i;

/** Tokens that say whose they are. */
function* marked(text: string): Iterable<Leak> {
  for (const { kind, start, end } of markedIn(text)) {
    const value = text.slice(start, end);
    if (kind === undefined || !isSecret(value) || madeUp.test(value)) continue;
    // Telegram's stand so in a URL.
    if (!beginsWord(text, start) && text.slice(start - 3, start) !== 'bot') continue;
    const name = nameBefore(text, start);
    yield { kind, start, end, ...(name !== undefined && { name }) };
  }
}

/** Part by part, as none goes over the end of a line: who has seen enough ends it. */
function* markedIn(text: string): Iterable<MarkedToken> {
  for (let from = 0; from < text.length;) {
    const to = text.indexOf('\n', from + longest) + 1 || text.length;
    for (const { kind, start, end } of markedTokens(text.slice(from, to)))
      yield { kind, start: from + start, end: from + end };
    from = to;
  }
}

/** `Authorization: token …`, any other scheme with an opaque value, and one without a scheme. */
function* schemes(text: string): Iterable<Leak> {
  for (const { word, from } of found(text, /[Aa]uthorization|AUTHORIZATION/g)) {
    // By far the most; `bearers` finds them.
    if (text.startsWith(': Bearer ', from)) continue;
    const scheme =
      /^["']?[ \t]{0,9}[:=][ \t]{0,9}["'`]?(?!Bearer|Basic|AWS )[A-Za-z][\w-]{0,30} (?=\w)/i.exec(
        text.slice(from, from + 60),
      )?.[0] ?? '';
    const plain =
      scheme === '' ? /^["']?[ \t]{0,9}[:=][ \t]{0,9}["'`]?(?=\w)/.exec(text.slice(from, from + 30)) : null;
    if (scheme === '' && plain === null) continue;
    const start = from + (plain?.[0] ?? scheme).length;
    const end = start + (/^[^\s"'`,;\\]*/.exec(text.slice(start, start + longest))?.[0].length ?? 0);
    const value = text.slice(start, end);
    if (plain !== null && !isRandom(value)) continue;
    // Digest, AWS and others name what they hold.
    if (/^\w{1,40}=[^=]/.test(value) || !isOpaque(value) || !isSecret(value)) continue;
    yield { kind: 'bearer', start, end, name: word };
  }
}

/** Basic credentials: base64 of a name, a colon and a password. @see RFC 7617 section 2 */
function* basics(text: string): Iterable<Leak> {
  for (const { at, from: start } of found(text, /[Bb]asic |BASIC |Digest /g)) {
    const plain = plainPassword(text, at, start);
    if (plain) {
      yield { kind: 'credentials', ...plain, name: 'Authorization' };
      continue;
    }
    const value = /^[\w+/-]{8,2000}={0,2}/.exec(text.slice(start, start + 2002))?.[0] ?? '';
    const decoded = Buffer.from(value, 'base64').toString();
    const password = /^[^:\p{Cc}\uFFFD]+:([^\p{Cc}\uFFFD]{4,})$/u.exec(decoded)?.[1] ?? '';
    if (password === '' || /^(?:pass\w{0,9}|open sesame)$/i.test(password)) continue;
    if (placeholderIn(password) !== undefined || isExample(password)) continue;
    const name = nameBefore(text, at);
    yield { kind: 'credentials', start, end: start + value.length, ...(name !== undefined && { name }) };
  }
}

/** The password of `Authorization: Basic name:password` or `name password`, which tools encode; also of Digest. @see REST Client, Basic Auth */
function plainPassword(text: string, at: number, start: number): Span | undefined {
  if (!/\bAuthorization[ \t]{0,9}:[ \t]{0,9}$/i.test(text.slice(Math.max(0, at - 40), at))) return undefined;
  const [all, before = '', password = ''] =
    /^([^\s:"'{}<]{1,200}[ \t]{0,9}[: \t][ \t]{0,9})([^\s:"'{}<]{8,500})[ \t]{0,9}(?=[\r\n]|$)/.exec(
      text.slice(start, start + 800),
    ) ?? [];
  if (all === undefined || !isPassword(password) || !isSecret(password)) return undefined;
  return { start: start + before.length, end: start + before.length + password.length };
}

/** Private keys, their line ends also as `\n`. @see RFC 7468 section 10 */
function* keys(text: string): Iterable<Leak> {
  let stop = 0;
  for (const { at, from: start } of found(text, /-----BEGIN /g)) {
    if (!/^[A-Z ]{0,30}PRIVATE KEY-----[\s\\nr]{1,60}[\w+/]{40}/.test(text.slice(start, start + 160)))
      continue;
    if (stop < start) stop = text.indexOf('-----END ', start);
    if (stop < 0) return;
    const end = /^.{9}[A-Z ]{0,30}KEY-----/.exec(text.slice(stop, stop + 60))?.[0];
    if (end === undefined || stop - at > longest) continue;
    yield { kind: 'private_key', start: at, end: stop + end.length };
  }
}

function* bearers(text: string): Iterable<Leak> {
  for (const { at, from } of found(text, /[Bb]earer |BEARER |SSWS /g)) {
    const start = blanksEnd(text, from);
    if (!isTokenCharacter(text.charCodeAt(start))) continue;
    const length = text.slice(start, start + longest).search(/\.?[\s"'`,;\\)}\]<>&]/);
    const end = length < 0 ? Math.min(text.length, start + longest) : start + length;
    const value = text.slice(start, end);
    if (!isOpaque(value) || !isSecret(value)) continue;
    const name = nameBefore(text, at);
    yield { kind: 'bearer', start, end, ...(name !== undefined && { name }) };
  }
}

/** What the value at `start` is called by the file: `token` of `token = …`, `Authorization` of `"Authorization": "Bearer …`. */
function nameBefore(text: string, start: number): string | undefined {
  const before = text.slice(Math.max(0, start - 120), start);
  const line = before.slice(before.lastIndexOf('\n') + 1).replace(/^.*\\[nr]/, '');
  return /([A-Za-z][\w.-]{0,60})["']?[ \t]{0,20}:?[=:][ \t]{0,20}["'`]?(?:Bearer )?$/i.exec(line)?.[1];
}

/** The searches; where two find the same secret, the first one names it. */
const looks: readonly ((text: string) => Iterable<Leak>)[] = [
  jwts,
  named,
  bearers,
  schemes,
  basics,
  keys,
  marked,
  placedSecrets,
];
