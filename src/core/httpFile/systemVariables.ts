import type { Clock } from '../ports.ts';
import { formatDate } from './dateFormat.ts';
import type { HttpDialect } from './dialect.ts';

/** What system variables are made from. */
export interface SystemValues {
  readonly clock: Pick<Clock, 'now'>;
  /** A variable of a `.env` file. */
  dotenv: (name: string) => string | undefined;
  /** A variable of the environment that was chosen; absent: those of the process count as one. */
  variable?: (name: string) => string | undefined;
  /** A variable of the process; absent where it must not be read. */
  processEnv: (name: string) => string | undefined;
  /** The folder of the project; absent where there is none. */
  readonly projectRoot?: string;
  /** Whose file asks; REST Client's unless said otherwise. */
  readonly dialect?: HttpDialect;
}

/** Milliseconds of the units in which an offset can be written; months and years follow the calendar. */
const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * The value of a variable that every tool makes anew each time it is asked for: `$guid`, `$timestamp -1 d`,
 * `$datetime iso8601`, `$random.integer(5, 6)`, `$dotenv NAME`, … in the spellings of REST Client, Visual Studio, JetBrains,
 * httpYac and Kulala.
 *
 * @param text what stands between the braces
 * @returns absent when it is none, or cannot be known
 */
export function systemVariable(text: string, values: SystemValues): string | undefined {
  const call = /^\$random\.(\w+)(?:\.\w+)?(?:\(([^()]{0,200})\))?$/.exec(text);
  if (call) return random(call[1] ?? '', splitArguments(call[2] ?? ''));
  const ofProcess = (name: string | undefined) => named(name, values, (one) => values.processEnv(one));
  if (text.startsWith('$env.')) return ofProcess(text.slice(5));
  const [kind = '', ...rest] = words(text);
  switch (kind.toLowerCase()) {
    case '$dotenv':
      return named(rest[0], values, (name) => values.dotenv(name));
    case '$processenv':
      return ofProcess(rest[0]);
    case '$projectroot':
      return rest.length === 0 ? values.projectRoot : undefined;
    case '$historyfolder':
      return values.projectRoot && `${values.projectRoot}/.idea/httpRequests`;
    case '$guid':
    case '$uuid':
      return rest.length === 0 ? crypto.randomUUID() : undefined;
    case '$timestamp':
      // Without an offset httpYac gives milliseconds.
      return rest.length === 0 && values.dialect === 'httpyac'
        ? String(values.clock.now())
        : timestamp(rest, values);
    case '$date':
      return formatDate('YYYY-MM-DD', values.clock.now(), true, 'dayjs');
    case '$isotimestamp':
      // Kulala's has whole seconds.
      return iso(values.clock.now()).replace(values.dialect === 'kulala' ? /\.\d+/ : '', '');
    case '$randomint':
      return randomInt(rest, values.dialect);
    case '$datetime':
      return datetime(rest, values, false);
    case '$localdatetime':
      return datetime(rest, values, true);
    default:
      return undefined;
  }
}

/** `%NAME`: the name stands in that variable of the environment, else it is meant itself. @see REST Client, $processEnv and $dotenv */
function named(
  word: string | undefined,
  values: SystemValues,
  read: (name: string) => string | undefined,
): string | undefined {
  if (word === undefined) return undefined;
  const inner = word.slice(1);
  const name = word.startsWith('%') ? inEnvironment(inner, values) : word;
  return name !== undefined && /^[A-Za-z_][\w.-]{0,200}$/.test(name) ? read(name) : undefined;
}

function inEnvironment(name: string, values: SystemValues): string | undefined {
  return values.variable === undefined ? values.processEnv(name) : (values.variable(name) ?? name);
}

/** Words and quoted texts, at most ten. */
function words(text: string): readonly string[] {
  const found = text.slice(0, 500).match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  return found.slice(0, 10).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
}

const splitArguments = (text: string) =>
  text.trim() === '' ? [] : text.split(',').map((argument) => argument.trim());

function timestamp(rest: readonly string[], { clock }: SystemValues): string | undefined {
  const at = shifted(clock.now(), rest);
  return at === undefined ? undefined : String(Math.floor(at / 1000));
}

function datetime(
  rest: readonly string[],
  { clock, dialect }: SystemValues,
  local: boolean,
): string | undefined {
  const isBare = dialect === 'visual_studio' && rest.length % 2 === 0;
  const [format = '', ...offset] = isBare ? [dotnetGeneral, ...rest] : rest;
  const at = shifted(clock.now(), offset);
  if (at === undefined) return undefined;
  switch (format) {
    case 'iso8601':
      if (dialect === 'visual_studio')
        return formatDate("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", at, local, 'dotnet');
      if (local && dialect === 'httpyac') return formatDate('YYYY-MM-DDTHH:mm:ssZ', at, true, 'dayjs');
      return local ? formatDate('YYYY-MM-DDTHH:mm:ss.SSSZ', at, true, 'dayjs') : iso(at);
    case 'rfc1123':
      if (!local) return new Date(at).toUTCString();
      return dialect === 'visual_studio'
        ? formatDate('ddd, dd MMM yyyy HH:mm:ss zz', at, true, 'dotnet')
        : formatDate('ddd, DD MMM YYYY HH:mm:ss ZZ', at, true, 'dayjs');
    default:
      if (format === '') return undefined;
      return formatDate(format, at, local, dialect === 'visual_studio' ? 'dotnet' : 'dayjs');
  }
}

/** What a date of .NET is written by where nothing says how, in English. @see dotnet/interactive, DynamicExpressionUtilities */
const dotnetGeneral = 'M/d/yyyy h:mm:ss tt zzz';

/** `time` moved by `-1 d`; absent when the offset is none. */
function shifted(time: number, offset: readonly string[]): number | undefined {
  if (offset.length === 0) return time;
  const [amount = '', unit = ''] = offset;
  if (offset.length !== 2 || !/^[+-]?\d{1,9}$/.test(amount)) return undefined;
  const count = Number(amount);
  if (unit === 'M' || unit === 'Q' || unit === 'y') {
    const date = new Date(time);
    if (unit !== 'y') date.setUTCMonth(date.getUTCMonth() + (unit === 'Q' ? 3 * count : count));
    else date.setUTCFullYear(date.getUTCFullYear() + count);
    return usable(date.getTime());
  }
  const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return size === undefined ? undefined : usable(time + count * size);
}

const usable = (time: number) => (Math.abs(time) <= 8.64e15 ? time : undefined);

const iso = (time: number) => new Date(time).toISOString();

const endOfRandom: Readonly<Partial<Record<HttpDialect, string>>> = {
  kulala: '10000000',
  visual_studio: '2147483647',
};

/** Of two numbers httpYac takes the lesser for the first one, whichever it is; the others refuse. One alone is Visual Studio's end. */
function randomInt(rest: readonly string[], dialect: HttpDialect = 'rest_client'): string | undefined {
  if (rest.length === 1) return dialect === 'visual_studio' ? integer('0', rest[0] ?? '') : undefined;
  const [from = '0', to = endOfRandom[dialect] ?? '1000'] = rest;
  return dialect === 'httpyac' && Number(from) > Number(to) ? integer(to, from) : integer(from, to);
}

/** A whole number from `from` up to, but not including, `to`. */
function integer(from: string, to: string): string | undefined {
  if (!/^-?\d{1,15}$/.test(from) || !/^-?\d{1,15}$/.test(to)) return undefined;
  const [low, high] = [Number(from), Number(to)];
  return high <= low ? undefined : String(low + Math.floor(fraction() * (high - low)));
}

/** From 0 up to, but not including, 1; with 53 random bits. */
function fraction(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

/** @see JetBrains HTTP Client, dynamic variables */
function random(kind: string, given: readonly string[]): string | undefined {
  const length = given[0] === undefined ? 10 : Number(given[0]);
  const some = (from: string) =>
    Number.isSafeInteger(length) && length > 0 && length <= 10_000 ? pick(from, length) : undefined;
  switch (kind) {
    case 'uuid':
      return crypto.randomUUID();
    case 'integer':
      return given.length < 2 ? integer('0', given[0] ?? '1000') : integer(given[0] ?? '', given[1] ?? '');
    case 'float': {
      const [low, high] =
        given.length < 2 ? [0, Number(given[0] ?? 1000)] : [Number(given[0]), Number(given[1])];
      return high > low ? String(low + fraction() * (high - low)) : undefined;
    }
    case 'alphabetic':
      return some(letters);
    case 'alphanumeric':
      return some(`${letters}${digits}_`);
    case 'hexadecimal':
      return some('0123456789abcdef');
    case 'email':
      return `${pick(letters.toLowerCase(), 8)}@example.com`;
    default:
      return undefined;
  }
}

function pick(from: string, length: number): string {
  return Array.from({ length }, () => from.charAt(Math.floor(fraction() * from.length))).join('');
}
