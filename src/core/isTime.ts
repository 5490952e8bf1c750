/** Whether a number of milliseconds since the epoch is a time that a `Date` can hold. */
export function isTime(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= 8.64e15;
}
