import { commandLines, valuesOf, wholeCommands, wordsOf, type Values } from '../commandLines.ts';
import { argumentsOf } from '../containers.ts';
import type { Found, VariableList } from '../imported.ts';
import { resolve } from '../placeholder.ts';
import type { Reader, Source } from '../reader.ts';
import { withShared } from '../sharedVariables.ts';
import { lineWords } from '../shellWords.ts';
import { hostOf, loneSecrets, variableGroups, withoutClient } from '../variableGroups.ts';
import { withoutTemplates } from './looseObjects.ts';
import { withinValues } from './withinValues.ts';

/** What one container, secret, image or service gets. */
interface Place {
  readonly name?: string | undefined;
  readonly list: VariableList;
  /** Files it takes more from. */
  readonly files: readonly string[];
}

/**
 * What something is started with: `docker run -e`, `kubectl create secret --from-literal`, a Dockerfile's `ENV`, systemd's
 * `Environment=`. Each place is read alone.
 *
 * @see https://docs.docker.com/reference/dockerfile/#env
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
 */
export const started: Reader = {
  name: 'variables of a command',
  recognises: (source) =>
    source.documents.length === 0 &&
    placesIn(source).some(
      ({ list }) => variableGroups(list, '').length > 0 || foundWithin(source, list).length > 0,
    ),
  read: (source) => {
    const found = placesIn(source).flatMap(({ name, list, files }) => {
      const called = name ?? hostOf(list);
      const clients = variableGroups(list, called);
      const more = (file: string) =>
        `“${called.slice(0, 60)}” takes variables from ${file.slice(0, 100)}, too, which was not read.`;
      return [
        ...clients,
        ...foundWithin(source, list),
        ...loneSecrets(list).map(([secret]) => withoutClient(`${called}: ${secret}`)),
        ...(clients.length > 0 ? files.map(more) : []),
      ];
    });
    return withoutTemplates(found);
  },
};

function foundWithin(source: Source, list: VariableList): readonly Found[] {
  return [...withinValues(source, list)].filter((one) => one !== undefined);
}

/** Longest text that is looked at, and most commands that are read; a script has fewer. */
const [longest, most] = [1_000_000, 1000];

const programs =
  /^(?:.{0,200}[/\\])?(?:docker|podman|nerdctl|kubectl|oc|helm|heroku|fly|flyctl|az|gcloud)(?:\.exe)?$/;

function placesIn({ text, fileName, variables }: Source): readonly Place[] {
  if (text.length > longest) return [];
  const isImage =
    /^(?:docker|container)file\b|\.dockerfile$/.test(fileName) ||
    (/^FROM[ \t]/m.test(text) && /^ENV[ \t]/m.test(text));
  const isUnit = /^Environment[ \t]*=/m.test(text) && /^\[\w{1,40}\][ \t\r]*$/m.test(text);
  const isScript =
    /(?:^|[\s/\\])(?:docker|podman|nerdctl|kubectl|oc|helm|heroku|fly|flyctl|az|gcloud)(?:\.exe)?[ \t]/m;
  if (!isImage && !isUnit && !isScript.test(text)) return [];
  // These pass by comments within one instruction.
  const lines = commandLines(text.replace(/^[ \t]*[#;][^\n]*\n/gm, ''));
  const known = valuesOf(variables, text);
  if (isImage) return stagesOf(lines);
  return isUnit
    ? [unitOf(lines, fileName)]
    : wholeCommands(text)
        .flatMap((line) => commandsOf(lineWords(line), known))
        .slice(0, most);
}

function pairOf(word: string): VariableList {
  const [, name, value = ''] = /^([a-z_][\w.-]{0,200})=(.*)$/is.exec(word) ?? [];
  return name === undefined ? [] : [[name, value]];
}

/** The stages of an image: each has what the one it is made from has. */
function stagesOf(lines: readonly string[]): readonly Place[] {
  const stages: { readonly name: string; readonly base: VariableList; readonly own: Map<string, string> }[] =
    [];
  const listOf = ({ base, own }: (typeof stages)[number]) => withShared([...own], base);
  for (const line of lines) {
    const [instruction = '', ...words] = wordsOf(line);
    const stage = stages.at(-1);
    if (/^from$/i.test(instruction)) {
      const [image = '', as = '', name = image] = words.filter((word) => !word.startsWith('--'));
      const from = stages.find((one) => one.name === image);
      const base = from === undefined ? [] : listOf(from);
      stages.push({ name: /^as$/i.test(as) ? name : image, base, own: new Map() });
    } else if (/^(?:env|arg)$/i.test(instruction)) {
      const [first = '', ...rest] = words;
      const pairs = words.flatMap(pairOf);
      // `ENV name the value`
      const own: VariableList = pairs.length > 0 || rest.length === 0 ? pairs : [[first, rest.join(' ')]];
      for (const [name, value] of stage === undefined ? [] : own)
        stage?.own.set(name, shellValue(value, new Map([...stage.base, ...stage.own])));
    }
  }
  return stages.map((one) => ({ name: one.name, list: listOf(one), files: [] }));
}

function unitOf(lines: readonly string[], fileName: string): Place {
  const values = new Map<string, string>();
  const files: string[] = [];
  for (const line of lines) {
    const [, file, text = ''] = /^Environment(File)?[ \t]*=(.*)$/.exec(line) ?? [];
    if (file !== undefined) files.push(text.trim().replace(/^-/, ''));
    // An empty one takes back those before it.
    else if (/^Environment[ \t]*=[ \t\r]*$/.test(line)) values.clear();
    else for (const [name, value] of wordsOf(text).flatMap(pairOf)) values.set(name, value);
  }
  const name = fileName.replace(/\.\w{1,20}$/, '');
  return { ...(name !== '' && { name }), list: [...values], files };
}

/** What each command of a line hands over. */
function commandsOf(words: readonly string[], variables: Values): readonly Place[] {
  const end = words.findIndex((word) => /^(?:&&?|\|\|?|;)$|.;$/.test(word));
  const own = end < 0 ? words : words.slice(0, end + 1);
  const others = end < 0 ? [] : commandsOf(words.slice(end + 1), variables);
  const at = own.findIndex((word) => programs.test(word));
  return at < 0 ? others : [commandOf(own.slice(at + 1), variables), ...others];
}

function commandOf(written: readonly string[], variables: Values): Place {
  const files: string[] = [];
  // Of gcloud: `--set-env-vars=A=b,C=d`, or in a word of its own.
  const inList = /^--(?:set|update)-env-vars(?:=|$)/;
  const words = written.flatMap((word, at) =>
    inList.test(word) || inList.test(written[at - 1] ?? '') ? word.replace(inList, '').split(',') : word,
  );
  const list = words.flatMap((word, at): VariableList => {
    const before = words[at - 1] ?? '';
    const [, file] = /^--(?:env-file|from-env-file|from-file)(?:=(.*))?$/.exec(word) ?? [];
    if (file !== undefined) files.push(file);
    else if (/^--(?:env-file|from-env-file|from-file)$/.test(before)) files.push(word);
    const pairs = pairOf(word.replace(/^(?:-e|--(?:env|from-literal|build-arg|set|set-string)=)(?=\w)/, ''));
    // What has no value is that of the computer: another line of the script may give it to another client.
    return pairs.length === 0 && /^(?:-e|--env)$/.test(before)
      ? [[word, `\${value of ${word.slice(0, 60)}}`]]
      : pairs;
  });
  const called = words.findIndex((word) => /^(?:--name|generic)$/.test(word));
  return {
    name: called < 0 ? undefined : words[called + 1],
    list: [...list, ...argumentsOf({ args: words })].map(([name, value]) => [
      name,
      shellValue(value, variables),
    ]),
    files,
  };
}

/** With the variables put in that are known, also those written without braces. */
function shellValue(value: string, variables: Values): string {
  return resolve(
    value.replace(/\$(\w{1,100})/g, (all, name: string) => (variables.has(name) ? `\${${name}}` : all)),
    variables,
  );
}
