import { commandLines, isOpen, unseenIn } from '../commandLines.ts';
import type { Found, VariableList } from '../imported.ts';
import { unquoted } from '../quotedLines.ts';
import { readVariables } from '../readVariables.ts';
import type { Reader, Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { curl } from './curl.ts';
import { mostFiles, withinFile } from './dotenv.ts';
import { otherCommands } from './otherCommands.ts';
import { started } from './started.ts';

/** Commands of several programs in one script, or in the fences of a Markdown page: each is read as its own program does. */
export const script: Reader = {
  name: 'script',
  recognises: (source) => {
    if (source.documents.length > 0 || source.text.length > longestScript) return false;
    const { text, files } = unquoted(source.text, 'of commands');
    const kinds = new Set(commandsIn(text).map(({ reader }) => reader));
    const isMarkdown = source.fileName.endsWith('.md') || /^[ \t]{0,9}(?:```|~~~)/m.test(source.text);
    // Between other commands of a script.
    const isScript =
      /\.(?:sh|bash|zsh|bat|cmd)$/.test(source.fileName) || /^(?:#!|@echo off)/i.test(source.text);
    const isBetween = files.length > 0 || (isScript && !curl.recognises(source));
    const isAlone = isMarkdown ? kinds.size > 0 : kinds.has(curl) && isBetween;
    return (kinds.size > 1 || isAlone) && fromCommands(source).some(isProfile);
  },
  read: (source) => sameOnce(fromCommands(source)),
};

const isProfile = (found: Found) => typeof found !== 'string';

const command =
  /^[ \t]*(?:(?:[$>%*-]|\d{1,2}[.)])[ \t]+)?(?:sudo[ \t]+)?(?:\w{1,100}=\$\()?(?:(curl)|(https?|xhs?|wget)|docker|podman|nerdctl|kubectl|oc|helm|heroku|fly|flyctl|az|gcloud)(?:\.exe)?[ \t]/;

/** Longest text that is looked through for commands, most lines of one command, and most commands that are read. */
const [longestScript, longest, most] = [10_000_000, 200, 1000];

function fromCommands(source: Source): readonly Found[] {
  const { text, files } = unquoted(source.text, 'of commands');
  return [
    ...readEach(commandsIn(text), source, [...source.variables, ...unseenIn(source.text)]),
    ...files.slice(0, mostFiles).flatMap((file) => fromFile(source, file)),
  ];
}

/** What a script writes into a file, or shows, has its own variables only: an example's server is not where the script's secret goes. */
function fromFile(source: Source, file: string): readonly Found[] {
  const commands = commandsIn(file);
  return commands.length > 0
    ? readEach(commands, source, readVariables(file))
    : [...withinFile(source, file)].filter((one) => one !== undefined);
}

function readEach(commands: readonly Command[], source: Source, variables: VariableList): readonly Found[] {
  return commands.flatMap(({ reader, text }) =>
    [...reader.read({ ...source, variables, text })].filter((one) => one !== undefined),
  );
}

interface Command {
  readonly reader: Reader;
  readonly text: string;
}

/** Those that ask for a token, or start something. */
function commandsIn(text: string): readonly Command[] {
  const found: Command[] = [];
  const lines = commandLines(text);
  for (let at = 0; at < lines.length && found.length < most; at++) {
    const [start, isCurl, isOther] = command.exec(lines[at] ?? '') ?? [];
    if (start === undefined) continue;
    const reader = isCurl ? curl : isOther ? otherCommands : started;
    const from = at;
    const whole = () => lines.slice(from, at + 1).join('\n');
    while (at < lines.length && at - from < longest && isOpen(whole())) at++;
    if (reader === started || whole().includes('grant_type')) found.push({ reader, text: whole().trim() });
  }
  return found;
}
