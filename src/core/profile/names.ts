import type { Field } from './fields/field.ts';

/** The field that an unknown name most likely means; undefined when none is similar. */
export function nearestField(name: string, fields: readonly Field[]): string | undefined {
  if (name.length > 40) return undefined;
  const wanted = plain(name);
  const other = fields.find(({ otherNames }) => otherNames?.includes(wanted));
  if (other) return other.name;
  let best: { field: string; distance: number } | undefined;
  for (const field of fields) {
    const distance = editDistance(wanted, plain(field.name));
    if (!best || distance < best.distance) best = { field: field.name, distance };
  }
  const allowed = wanted.length < 5 ? 1 : 2;
  return best && best.distance <= allowed ? best.field : undefined;
}

/** The `names` that an unknown name most likely means: off by a typo, or beginning with it; at most three. */
export function nearNames(name: string, names: readonly string[]): readonly string[] {
  if (name.length < 2 || name.length > 40) return [];
  const wanted = plain(name);
  const allowed = wanted.length < 4 ? 1 : 2;
  const isNear = (other: string) =>
    (wanted.length > 2 && other.startsWith(wanted)) ||
    (other.length <= 60 && editDistance(wanted, other) <= allowed);
  return names.filter((other) => isNear(plain(other))).slice(0, 3);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, '');
}

/** The Levenshtein distance of two short texts: insertions, deletions and replacements. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
