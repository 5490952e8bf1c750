import type { ImportResult, ImportedProfile } from './imported.ts';

/** Gathers what became a profile and what did not. */
export function collect(format: string, found: readonly (ImportedProfile | string)[]): ImportResult {
  return {
    format,
    profiles: found.filter((one) => typeof one !== 'string'),
    problems: found.filter((one) => typeof one === 'string'),
  };
}
