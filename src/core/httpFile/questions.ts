import type { AboveRequest } from './meta.ts';

/** What a request's own tool asks for before it sends. */
export interface RequestQuestion {
  /** What stands between the braces that the answer is put in for. */
  readonly name: string;
  /** In the words of the file. */
  readonly text: string;
  /** Not shown while it is typed. */
  readonly isSecret: boolean;
  /** What the answer begins with. */
  readonly suggested?: string;
  /** One of these is the answer. */
  readonly choices?: readonly string[];
  /** The answer counts until the window is closed. */
  readonly isAskedOnce: boolean;
}

/** Names that REST Client takes for a password's. */
const passwords = /^(?:(?:pass|Pass)(?:word|wd)?|PASS(?:WORD|WD)?)$/;
const longestQuestion = 500;

/**
 * What is to be asked before a request is sent: `# @prompt name words` of REST Client and Kulala, Kulala’s `# @secret`
 * and `# @kulala-prompt "words" name`, and httpYac’s `{{$input words $value: x}}`, `$prompt`, `$password` and `$pick`, each with `-askonce` or not.
 *
 * @param wanted what stands between the braces of the request and is not defined in its file
 * @see REST Client, README, Prompt Variables
 * @see httpYac, guide, variables, Interactive Input
 */
export function questionsOf(
  { meta }: Pick<AboveRequest, 'meta'>,
  wanted: readonly string[],
): readonly RequestQuestion[] {
  const named = meta.flatMap(({ name: kind, value }): readonly RequestQuestion[] => {
    if (!/^(?:prompt|secret|kulalaPrompt)$/.test(kind)) return [];
    const isLast = kind === 'kulalaPrompt' || /^prompt["']/.test(kind + value);
    const { name, words = '', type } = isLast ? nameLast(value) : nameFirst(value);
    if (name === undefined || name === '') return [];
    const isSecret = kind === 'secret' || type === 'password' || passwords.test(name);
    return [{ name, text: words.trim() || name, isSecret, isAskedOnce: false }];
  });
  const asked = [...named, ...wanted.flatMap((name) => written(name) ?? [])];
  return [...new Map(asked.map((question) => [question.name, question])).values()];
}

interface Named {
  readonly name?: string | undefined;
  readonly words?: string | undefined;
  readonly type?: string | undefined;
}

function nameFirst(value: string): Named {
  const [, name, words] = /^(\S{1,200})(?:\s(.*))?$/.exec(value) ?? [];
  return { name, words };
}

/** `"words" name { type: "password" }`. @see kulala-core, runner/custom-prompt.ts */
function nameLast(value: string): Named {
  const [suffix = '', type] = /\{\s*type\s*:\s*["']([^"']{1,20})["']\s*\}\s*$/.exec(value) ?? [];
  const rest = value.slice(0, value.length - suffix.length).trim();
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*(\S{1,200})/.exec(rest);
  if (quoted || /^["']/.test(rest))
    return { name: quoted?.[3], words: (quoted?.[1] ?? quoted?.[2])?.replaceAll(/\\(.)/g, '$1'), type };
  const words = rest.split(/\s+/);
  return { name: words.pop(), words: words.join(' '), type };
}

/** httpYac's question in the place of a name. */
function written(name: string): RequestQuestion | undefined {
  if (name.length > longestQuestion) return undefined;
  const [, kind, once, words = '', value] =
    /^\$(prompt|input|password|pick)(-askonce)?([^$]*)(?:\$value:(.*))?$/.exec(name) ?? [];
  const text = words.trim();
  if (kind === undefined || text === '') return undefined;
  const question = { name, text, isSecret: kind === 'password', isAskedOnce: once !== undefined };
  if (kind !== 'pick') return { ...question, ...(value?.trim() && { suggested: value.trim() }) };
  // A single one is code that makes a list.
  const choices = value?.trimStart().split(',') ?? [];
  return choices.length > 1 ? { ...question, choices } : undefined;
}
