import { commandLines, isOpen, unseenIn } from '../commandLines.ts';
import type { Found } from '../imported.ts';
import type { Reader, Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { curl } from './curl.ts';
import { otherCommands } from './otherCommands.ts';
import { started } from './started.ts';

/** Commands of several programs in one script, or in the fences of a Markdown page: each is read as its own program does. */
export const script: Reader = {
  name: 'script',
  recognises: (source) => {
    if (source.documents.length > 0 || source.text.length > 1_000_000) return false;
    const kinds = new Set(commandsIn(source).map(({ reader }) => reader));
    const isMarkdown = source.fileName.endsWith('.md') || /^[ \t]{0,9}(?:```|~~~)/m.test(source.text);
    // Between other commands of a script.
    const isScript =
      /\.(?:sh|bash|zsh|bat|cmd)$/.test(source.fileName) || /^(?:#!|@echo off)/i.test(source.text);
    const isAlone = isMarkdown ? kinds.size > 0 : isScript && kinds.has(curl) && !curl.recognises(source);
    return (kinds.size > 1 || isAlone) && fromCommands(source).some(isProfile);
  },
  read: (source) => sameOnce(fromCommands(source)),
};

const isProfile = (found: Found) => typeof found !== 'string';

const command =
  /^[ \t]*(?:[$>%][ \t]+)?(?:sudo[ \t]+)?(?:\w{1,100}=\$\()?(?:(curl)|(https?|xhs?|wget)|docker|podman|nerdctl|kubectl|oc|helm|heroku|fly|flyctl|az|gcloud)(?:\.exe)?[ \t]/;

/** Most lines of one command, and most commands that are read. */
const [longest, most] = [200, 1000];

function fromCommands(source: Source): readonly Found[] {
  const variables = [...source.variables, ...unseenIn(source.text)];
  return commandsIn(source).flatMap(({ reader, text }) =>
    [...reader.read({ ...source, variables, text })].filter((one) => one !== undefined),
  );
}

/** Those that ask for a token, or start something. */
function commandsIn({ text }: Source): readonly { readonly reader: Reader; readonly text: string }[] {
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
