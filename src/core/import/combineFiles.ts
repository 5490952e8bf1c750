import type { ImportedProfile, ImportResult } from './imported.ts';

/** What was found in one file of a folder. */
export interface FileResult {
  /** Its name, as it is shown. */
  readonly file: string;
  readonly result: ImportResult;
}

/** What a folder's files hold together: each client once, with the file it is from; files that hold nothing say nothing. */
export function combineFiles(files: readonly FileResult[]): ImportResult {
  const profiles = new Map<string, ImportedProfile>();
  for (const { file, result } of files)
    for (const one of result.profiles) {
      const key = JSON.stringify([{ ...one.entry, name: '' }, one.secret]);
      const { origin } = one;
      const of = origin && { origin: { ...origin, of: JSON.stringify([file, origin.of]) } };
      if (!profiles.has(key)) profiles.set(key, { ...one, ...of, file });
    }
  const telling = files.filter(({ result }) => result.format !== 'nothing known');
  return {
    format:
      profiles.size === 1
        ? `1 profile found in ${files.length} files`
        : `${profiles.size} profiles found in ${files.length} files`,
    profiles: [...profiles.values()],
    problems: telling.flatMap(({ file, result }) => result.problems.map((problem) => `${file}: ${problem}`)),
    environments: files.flatMap(({ result }) => result.environments ?? []),
  };
}
