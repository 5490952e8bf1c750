/**
 * The words of a command line as a POSIX shell splits them: quotes, backslashes and continued lines; also `^` at the end
 * of a line (Windows) and `` ` `` (PowerShell).
 */
export function shellWords(command: string): string[] {
  const text = command.replace(/[\\^`]\r?\n/g, ' ');
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === "'" || (char === '$' && text.charAt(at + 1) === "'")) {
      const start = char === '$' ? at + 2 : at + 1;
      const end = endOf(text, "'", start);
      word = (word ?? '') + text.slice(start, end);
      at = end;
    } else if (char === '"') {
      const end = endOfDouble(text, at + 1);
      word = (word ?? '') + text.slice(at + 1, end).replace(/\\(["\\$`])/g, '$1');
      at = end;
    } else if (char === '\\') {
      word = (word ?? '') + text.charAt(++at);
    } else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}

function endOf(text: string, quote: string, from: number): number {
  const end = text.indexOf(quote, from);
  return end < 0 ? text.length : end;
}

function endOfDouble(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === '"') return at;
  }
  return text.length;
}
