import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { loadCatalogue } from '../core/diagnose/catalogue.ts';
import { capturedAnswer } from '../core/diagnose/capturedAnswer.ts';
import { explainAnswer as explain } from '../core/diagnose/explainAnswer.ts';
import type { Explanation } from '../core/diagnose/explanation.ts';
import { explanationMarkdown } from '../core/diagnose/explanationMarkdown.ts';
import { quickFixLabel } from '../core/diagnose/quickFixLabel.ts';
import type { AnswerFrom } from '../core/diagnose/readAnswer.ts';
import { maskJwts } from '../core/http/maskJwts.ts';
import { quoted } from '../core/profile/problem.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { Arguments } from './command.ts';
import { Refusal, type ExitCode } from './exit.ts';
import { jsonText } from './outputText.ts';
import { profileCalled, readProfiles } from './profiles.ts';
import { readStandardInput, readTextFile, tooLong } from './readInput.ts';
import type { Terminal } from './terminal.ts';
import { terminalWords } from './terminalWords.ts';

/** Characters of an answer. */
const longest = 1024 * 1024;
/** Bytes of a recording in which it stands: an HTTP Archive of a sign-in has all that the pages are made of. */
const limit = 32 * 1024 * 1024;

/** Explains the answer on standard input: `1` for a failure that was explained, `0` where nothing failed. */
export async function explainAnswer(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const known = await knownProfile(args, terminal);
  const status = statusOf(args);
  const file = args.value('file');
  const text =
    file === undefined
      ? await readStandardInput(terminal, limit, 'the answer')
      : await readTextFile(terminal, file, limit);
  const what = file === undefined ? 'Standard input' : quoted(file);
  if (text.includes('\0'))
    throw new Refusal(`${what} is not text: an answer is a text, such as curl -i shows.`);
  if (text.length > longest && capturedAnswer(text.trim()) === undefined) throw tooLong(what, longest);
  const from = args.value('from') as AnswerFrom | undefined;
  const hints = {
    now: systemClock.now(),
    ...(from === undefined ? {} : { from }),
    ...(status === undefined ? {} : { status }),
  };
  const answer = explain(text, hints, known, await loadCatalogue(join(terminal.home, 'providers')));
  if (answer.kind === 'unreadable') throw new Refusal(answer.why);
  if (answer.kind === 'success') {
    terminal.tell('Nothing failed: this is a success.');
    return 0;
  }
  await terminal.print(printed(answer.explanation, known, args));
  if (known === undefined) terminal.tell('With --profile <id>, it also looks for causes in a profile.');
  return 1;
}

async function knownProfile(args: Arguments, terminal: Terminal): Promise<Profile | undefined> {
  const id = args.value('profile');
  if (id !== undefined) return profileCalled(id, await readProfiles(args, terminal)).profile;
  if (args.has('profiles')) throw new Refusal('--profiles goes with --profile only.');
  return undefined;
}

function statusOf(args: Arguments): number | undefined {
  const status = args.value('status');
  if (status !== undefined && !/^[1-5]\d\d$/.test(status))
    throw new Refusal('--status must be an HTTP status, such as 400.');
  return status === undefined ? undefined : Number(status);
}

function printed(explanation: Explanation, profile: Profile | undefined, args: Arguments): string {
  if (args.has('json')) return jsonText(asJson(explanation));
  return `${terminalWords(maskJwts(explanationMarkdown(explanation, profile === undefined ? {} : { profile })))}\n`;
}

function asJson({ title, failure, provider, server, meaning, causes, links }: Explanation) {
  const { message, advice, kind, step } = failure;
  const value = {
    title,
    failure: { kind, step, message, advice },
    provider: provider.how === 'generic' ? undefined : { id: provider.id, name: provider.name },
    server,
    meaning: { text: meaning.text, source: meaning.source?.text },
    causes: causes.map(({ id, title: cause, evidence, steps, fixes, source }) => ({
      ...{ id, title: cause, evidence, steps },
      fixes: fixes.map(quickFixLabel),
      source: source?.text,
    })),
    links,
  };
  return JSON.parse(terminalWords(maskJwts(JSON.stringify(value)))) as unknown;
}
