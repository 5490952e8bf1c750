const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A length of time in two units at most: `59 min 12 s`, `3 h 5 min`, `2 days 4 h`, `3 years` for the very long.
 *
 * @param milliseconds - its sign is ignored
 */
export function duration(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (!Number.isFinite(length)) return 'forever';
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return two(length, minute, 'min', second, 's');
  if (length < day) return two(length, hour, 'h', minute, 'min');
  const days = Math.floor(length / day);
  if (days < 14) return `${count(days, 'day')}${rest(length, day, hour, 'h')}`;
  if (days < 730) return count(days, 'day');
  return `${Math.floor(days / 365.2425).toLocaleString('en')} years`;
}

/** When something is, seen from `now`: `in 59 min 12 s`, `3 h 5 min ago`, `now`. Both in milliseconds since the epoch. */
export function relative(at: number, now: number): string {
  const difference = at - now;
  if (Math.abs(difference) < second) return 'now';
  return difference > 0 ? `in ${duration(difference)}` : `${duration(difference)} ago`;
}

function two(length: number, unit: number, name: string, smaller: number, smallerName: string): string {
  return `${Math.floor(length / unit)} ${name}${rest(length, unit, smaller, smallerName)}`;
}

function rest(length: number, unit: number, smaller: number, name: string): string {
  const left = Math.floor((length % unit) / smaller);
  return left === 0 ? '' : ` ${left} ${name}`;
}

function count(days: number, name: string): string {
  return `${days} ${name}${days === 1 ? '' : 's'}`;
}
