import type { Contract, ContractPlace, ContractPlaces, ProfileContract } from './contract.ts';

/**
 * What is promised under any of these names, such as a profile's id and the URL of the MCP server that its tokens are for; what
 * two of them say counts as the first one says it. Absent when none is there.
 */
export function promisesOf(contract: Contract, names: readonly string[]): ProfileContract | undefined {
  const found = names.flatMap((name) => contract.get(name) ?? []);
  const [first] = found;
  const checks = found.toReversed().flatMap((one) => [...one.checks]);
  return first && { ...first, checks: new Map(checks) };
}

/** Where a promise of {@link promisesOf} stands. */
export function placeOfPromise(
  places: ContractPlaces,
  names: readonly string[],
  promise: string,
): ContractPlace | undefined {
  return names.map((name) => places.get(name)?.get(promise)).find((place) => place !== undefined);
}
