const units: readonly (readonly [name: string, seconds: number])[] = [
  ['y', 31_556_952],
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/**
 * A duration as people read it at a glance: its largest unit, and the next one while it still matters (`1 h 5 min`, `42 min`, `9 s`).
 *
 * @param milliseconds negative counts as its absolute value.
 * @param precise keeps the next unit always, as a ticking countdown wants it (`42 min 5 s`).
 */
export function duration(milliseconds: number, precise = false): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const first = units.findIndex(([, size]) => seconds >= size);
  const [name, size] = units[first] ?? ['s', 1];
  const count = Math.floor(seconds / size);
  const next = units[first + 1];
  const rest = next && (precise || count < 10) ? Math.floor((seconds % size) / next[1]) : 0;
  return next && rest > 0 ? `${count} ${name} ${rest} ${next[0]}` : `${count} ${name}`;
}

/**
 * How long something took, as short as it can be said: `87 ms`, `1.7 s`, `2 min 5 s`.
 *
 * @param milliseconds not negative.
 */
export function elapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`;
  return duration(milliseconds);
}

/**
 * What is left of a token's life: `42 min left`, `expired 3 h ago`.
 *
 * @param expiresAt milliseconds since the epoch.
 * @param now milliseconds since the epoch.
 */
export function timeLeft(expiresAt: number, now: number): string {
  const left = expiresAt - now;
  return left > 0 ? `${duration(left)} left` : `expired ${duration(left)} ago`;
}

/**
 * When something is, seen from `now`: `in 59 min 12 s`, `3 h 5 min ago`, `now`; to the second, for texts that tick.
 *
 * @param at milliseconds since the epoch.
 * @param now milliseconds since the epoch.
 */
export function relative(at: number, now: number): string {
  const difference = at - now;
  if (Math.abs(difference) < 1000) return 'now';
  return difference > 0 ? `in ${duration(difference, true)}` : `${duration(difference, true)} ago`;
}
