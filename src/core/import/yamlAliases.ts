import {
  isAlias,
  isCollection,
  isPair,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** The most nodes that aliases may add to a text, as whatever walks through its value meets them. */
const mostAdded = 50_000;

/** The most mappings that may be merged (`<<`) each into the next: the library merges all of them anew for each. */
const mostMerged = 10;

/** A text whose aliases stand for more than is read, or for what they stand in themselves. */
export class SwellsError extends Error {}

type Anchored = Scalar | YAMLMap | YAMLSeq;

/**
 * Tells each alias of a document the node it stands for, the last one before it with that anchor. The library looks through the
 * whole document for each: 16 KiB of them took a second, 128 KiB a minute.
 *
 * @throws SwellsError where the aliases add more than `mostAdded` nodes, or one stands in what it stands for
 * @see https://yaml.org/spec/1.2.2/#71-alias-nodes
 */
export function tieAliases(document: Document.Parsed): void {
  const targets = targetsIn(document);
  if (targets.size === 0) return;
  for (const [alias, target] of targets) alias.resolve = () => target;
  new Scales(targets).weigh(document.contents);
}

function targetsIn(document: Document.Parsed): ReadonlyMap<Alias, Anchored | undefined> {
  const anchored = new Map<string, Anchored>();
  const targets = new Map<Alias, Anchored | undefined>();
  visit(document, {
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
    Alias: (_key, alias) => void targets.set(alias, anchored.get(alias.source)),
  });
  return targets;
}

/** Counts nodes, those that aliases stand for each time anew. */
class Scales {
  readonly #targets: ReadonlyMap<Alias, Anchored | undefined>;
  readonly #weights = new Map<Node, number>();
  readonly #merged = new Map<Node, number>();
  #added = 0;

  constructor(targets: ReadonlyMap<Alias, Anchored | undefined>) {
    this.#targets = targets;
  }

  /** The nodes of a part; the text is not nested deeper than the stack (see `documentsIn` in readYaml.ts). */
  weigh(part: unknown): number {
    if (isAlias(part)) return this.#weighAlias(part);
    if (isPair(part)) return this.weigh(part.key) + this.weigh(part.value);
    if (!isCollection(part)) return 1;
    let weight = 1;
    for (const item of part.items) weight += this.weigh(item);
    this.#weights.set(part, weight);
    this.#merged.set(part, this.#mergedInto(part));
    return weight;
  }

  /** How many mappings are merged each into the next, up to this one. */
  #mergedInto(part: YAMLMap | YAMLSeq): number {
    let most = 0;
    for (const item of part.items) {
      if (!isPair(item) || !isMergeKey(item.key)) continue;
      for (const one of isSeq(item.value) ? item.value.items : [item.value]) {
        const target = isAlias(one) ? this.#targets.get(one) : one;
        most = Math.max(most, 1 + (isCollection(target) ? (this.#merged.get(target) ?? 0) : 0));
      }
    }
    if (most > mostMerged) throw new SwellsError();
    return most;
  }

  #weighAlias(alias: Alias): number {
    const target = this.#targets.get(alias);
    // One that stands for nothing is an error of its own.
    if (target === undefined) return 1;
    const weight = isCollection(target) ? this.#weights.get(target) : 1;
    // What it stands for has not ended yet.
    if (weight === undefined) throw new SwellsError();
    this.#added += weight;
    if (this.#added > mostAdded) throw new SwellsError();
    return weight;
  }
}

/** The key is a symbol where the library knows it for what it is. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol');
}
