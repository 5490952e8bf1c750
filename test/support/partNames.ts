import type { PartNames } from '../../src/core/vault/partNames.ts';

/**
 * Names that a test draws itself, for a window of its own.
 *
 * @param drawn what all windows drew that live: as with processes, only its own window knows when a write is over
 */
export function drawnNames(draw: () => string, drawn = new Set<string>()): PartNames {
  const mine = new Map<string, boolean>();
  return {
    draw: () => {
      const name = draw();
      drawn.add(name);
      mine.set(name, true);
      return name;
    },
    release: (name) => void mine.set(name, false),
    isUnderWay: (name) => mine.get(name) ?? drawn.has(name),
  };
}
