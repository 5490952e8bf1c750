import { once } from '../shared/once.ts';
import type { Made } from './ports.ts';

/** Keeps what is made, such as a key, in memory: asked for under the same name, it stays the same. A failed attempt is not kept. */
export function madeOnce(): Made {
  const kept = new Map<string, () => Promise<string>>();
  return (what, make) => {
    const made = kept.get(what) ?? once(make);
    kept.set(what, made);
    return made();
  };
}
