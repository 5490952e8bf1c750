/** Whether a NumericDate counts milliseconds: as seconds it would lie beyond the year 5138. @see RFC 7519 section 2 */
export function isInMilliseconds(date: number): boolean {
  return date > 1e11;
}

/** Whether a number of milliseconds since the epoch is a time that a `Date` can hold. */
export function isTime(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= 8.64e15;
}
