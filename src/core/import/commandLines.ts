/** The lines of a script, each command whole, without comments; they stand between the lines of one command, too. */
export function commandLines(text: string): readonly string[] {
  return text
    .replace(/^[ \t]*[#;][^\n]*\n/gm, '')
    .replace(/[\\^`][ \t]*\r?\n/g, ' ')
    .split(/\r?\n/);
}

/** Words as shells, Docker and systemd split them, with their quotes. */
export function quotedWords(line: string): readonly string[] {
  return line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
}

/** The same without their quotes. */
export function wordsOf(line: string): readonly string[] {
  return quotedWords(line).map((word) =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
      (_all, double?: string, single?: string, char = '') =>
        double?.replace(/\\(.)/g, '$1') ?? single ?? String(char),
    ),
  );
}
