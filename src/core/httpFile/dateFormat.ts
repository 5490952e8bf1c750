/** Whose letters a pattern of a date is written in: Day.js (REST Client, httpYac, Kulala) or .NET (Visual Studio). */
export type DateLetters = 'dayjs' | 'dotnet';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const padded = (value: number, length = 2) => String(value).padStart(length, '0');

/**
 * A time by a pattern such as `YYYY-MM-DD hh:mm A` or `yyyy-MM-dd hh:mm tt`; in English, as the tools do.
 *
 * @param pattern at most 100 characters of it
 * @param time milliseconds since the epoch
 * @param local in the zone of this machine, else UTC
 * @see https://day.js.org/docs/en/display/format
 * @see https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
 */
export function formatDate(pattern: string, time: number, local: boolean, letters: DateLetters): string {
  const offset = local ? -new Date(time).getTimezoneOffset() : 0;
  const date = new Date(time + offset * 60_000);
  const parts = letters === 'dayjs' ? dayjsParts(date, time, offset) : dotnetParts(date, offset);
  return pattern.slice(0, 100).replace(letters === 'dayjs' ? dayjsPattern : dotnetPattern, (found) => {
    const isQuoted = found.startsWith('[') || found.startsWith("'") || found.startsWith('"');
    return isQuoted ? found.slice(1, -1) : (parts[found] ?? found);
  });
}

const dayjsPattern =
  /\[[^\]]{0,100}\]|YYYY|YY|M{1,4}|D{1,2}|d{1,4}|H{1,2}|h{1,2}|a|A|m{1,2}|s{1,2}|SSS|ZZ?|X|x/g;

function dayjsParts(date: Date, time: number, offset: number): Readonly<Record<string, string>> {
  const [month, weekday] = names(date);
  return {
    ...clock(date),
    YYYY: padded(date.getUTCFullYear(), 4),
    YY: padded(date.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: padded(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    DD: padded(date.getUTCDate()),
    D: String(date.getUTCDate()),
    dddd: weekday,
    ddd: weekday.slice(0, 3),
    dd: weekday.slice(0, 2),
    d: String(date.getUTCDay()),
    a: half(date).toLowerCase(),
    A: half(date),
    SSS: padded(date.getUTCMilliseconds(), 3),
    Z: zone(offset, ':'),
    ZZ: zone(offset, ''),
    X: String(Math.floor(time / 1000)),
    x: String(time),
  };
}

const dotnetPattern =
  /'[^']{0,100}'|"[^"]{0,100}"|y{1,5}|M{1,4}|d{1,4}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|t{1,2}|z{1,3}|K/g;

function dotnetParts(date: Date, offset: number): Readonly<Record<string, string>> {
  const [month, weekday] = names(date);
  const year = date.getUTCFullYear();
  const fraction = padded(date.getUTCMilliseconds(), 3).padEnd(7, '0');
  const fractions = Array.from({ length: 7 }, (_, at) => ['f'.repeat(at + 1), fraction.slice(0, at + 1)]);
  const hours = Math.trunc(offset / 60);
  return {
    ...clock(date),
    ...(Object.fromEntries(fractions) as Record<string, string>),
    yyyyy: padded(year, 5),
    yyyy: padded(year, 4),
    yyy: padded(year, 3),
    yy: padded(year % 100),
    y: String(year % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: padded(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    dddd: weekday,
    ddd: weekday.slice(0, 3),
    dd: padded(date.getUTCDate()),
    d: String(date.getUTCDate()),
    tt: half(date),
    t: half(date).slice(0, 1),
    zzz: zone(offset, ':'),
    zz: zone(offset, '').slice(0, 3),
    z: `${offset < 0 ? '-' : '+'}${Math.abs(hours)}`,
    K: offset === 0 ? 'Z' : zone(offset, ':'),
  };
}

function clock(date: Date): Readonly<Record<string, string>> {
  const hours = date.getUTCHours();
  const twelve = hours % 12 === 0 ? 12 : hours % 12;
  return {
    HH: padded(hours),
    H: String(hours),
    hh: padded(twelve),
    h: String(twelve),
    mm: padded(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: padded(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
  };
}

const names = (date: Date) => [months[date.getUTCMonth()] ?? '', days[date.getUTCDay()] ?? ''] as const;

const half = (date: Date) => (date.getUTCHours() < 12 ? 'AM' : 'PM');

/** @param offset minutes */
function zone(offset: number, colon: string): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60))}${colon}${padded(minutes % 60)}`;
}
