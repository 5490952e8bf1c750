/** The middle value (of an even number, the lower of the two in the middle). */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Prints one result as `name value unit`. */
export function result(name: string, value: number, unit: string): void {
  console.log(`${name} ${Number(value.toFixed(2))} ${unit}`);
}
