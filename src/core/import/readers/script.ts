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
    if (source.documents.length > 0 || source.text.length > 1_000_000) return false;
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

/** Most lines of one command, and most commands that are read. */
const [longest, most] = [200, 1000];

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
  const found: { readonly reader: Reader; readonly lines: string[] }[] = [];
  let open: string[] | undefined;
  for (const line of commandLines(text)) {
    const [start, isCurl, isOther] = open === undefined ? (command.exec(line) ?? []) : [];
    if (open !== undefined) open.push(line);
    else if (start !== undefined && found.length < most) {
      open = [line];
      found.push({ reader: isCurl ? curl : isOther ? otherCommands : started, lines: open });
    }
    if (open !== undefined && (open.length > longest || !isOpen(open.join('\n')))) open = undefined;
  }
  return found
    .map(({ reader, lines }) => ({ reader, text: lines.join('\n').trim() }))
    .filter(({ reader, text: one }) => reader === started || one.includes('grant_type'));
}
