/** A piece of a program: exactly one of its kinds, or no known one. */
export interface Token {
  readonly all: string;
  readonly quoted: string | undefined;
  readonly opening: string | undefined;
  readonly closing: string | undefined;
  readonly word: string | undefined;
  readonly sign: string | undefined;
  readonly end: string | undefined;
  /** Of the first in its line: how far that is indented. */
  readonly indent: number | undefined;
}

/** One group for each kind of text, then those of `Token` in their order. */
const token =
  /"""([\s\S]*?)(?:"""|$)|'''([\s\S]*?)(?:'''|$)|"((?:\\[^\n]|[^"\\\n])*)(?:"|\\?(?![^\n]))|'((?:\\[^\n]|[^'\\\n])*)(?:'|\\?(?![^\n]))|`([^`]*)(?:`|$)|(\/\*|\/\/)|(#)|([([{])|([)\]}])|((?:(?<=[\s([,]):(?=[a-z_]))?[\w$@]+(?:(?:\.|::|->)[\w$]+)*)|(=>|:=|[=:](?![=:])|:(?=\w))|([,;\n])|([^\s])/gi;

/** What there is in a text but comments. */
export function* tokensOf(text: string, fileName: string): Generator<Token> {
  const hashComments = /\.(?:rb|py|php|tf(?:vars)?|hcl|nix)$/.test(fileName);
  const slashComments = !/\.(?:rb|py|nix)$/.test(fileName);
  const tokens = new RegExp(token);
  let lineStart: number | undefined = 0;
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const [all, long, other, double, single, back, slashes, hash, opening, closing, word, sign, end] = found;
    // What begins a comment of one language is an operator, or part of a name, of another.
    if (slashes === undefined ? hash !== undefined && hashComments : slashComments) {
      const ends = slashes === '/*' ? '*/' : '\n';
      const at = text.indexOf(ends, tokens.lastIndex);
      tokens.lastIndex = at < 0 ? text.length : at + (slashes === '/*' ? 2 : 0);
    } else {
      const quoted = long ?? other ?? double ?? single ?? back;
      const indent = lineStart === undefined || all === '\n' ? undefined : found.index - lineStart;
      yield { all, quoted, opening, closing, word, sign, end, indent };
    }
    lineStart = all === '\n' ? tokens.lastIndex : undefined;
  }
}

/** What stands behind a backslash; a character by its number, too. */
export function unescaped(quoted: string): string {
  return quoted.replace(/\\(?:u([\da-f]{4})|(.))/gi, (_all, code?: string, char = '') =>
    code === undefined ? String(char) : String.fromCharCode(parseInt(code, 16)),
  );
}
