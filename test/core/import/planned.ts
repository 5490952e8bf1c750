import assert from 'node:assert/strict';
import { importText } from '../../../src/core/import/importText.ts';
import { planImport, type OpenImport, type ReadyImport } from '../../../src/core/import/importPlan.ts';

/** A value as a file that a tool wrote. */
export const json = (value: unknown) => JSON.stringify(value, undefined, 2);

/** What importing a text would do. */
export function planned(text: string, fileName?: string, companion?: string) {
  return planImport(importText(text, companion, fileName), []);
}

/** The one profile of a text, ready to be saved. */
export function ready(text: string, fileName?: string, companion?: string): ReadyImport {
  const [one, ...others] = planned(text, fileName, companion);
  assert.equal(others.length, 0, json(others));
  assert.ok(one?.kind === 'ready', json({ one, found: importText(text, companion, fileName) }));
  return one;
}

/** The one profile of a text, to be completed in the form. */
export function open(text: string, fileName?: string, companion?: string): OpenImport {
  const [one, ...others] = planned(text, fileName, companion);
  assert.equal(others.length, 0, json(others));
  assert.ok(one?.kind === 'open', json({ one, found: importText(text, companion, fileName) }));
  return one;
}

/** All that is said of a text's profiles. */
export function words(text: string, fileName?: string): string {
  const found = importText(text, undefined, fileName);
  return [
    ...found.problems,
    ...found.profiles.flatMap(({ notes, problems = [] }) => [...notes, ...problems]),
  ].join('\n');
}
