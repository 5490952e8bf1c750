import { redactExchange } from '../http/redact.ts';
import { plainText } from '../http/plainText.ts';
import type { FlowReport } from '../record/report.ts';
import type {
  CauseView,
  ExplanationView,
  FailureViewModel,
  Likelihood,
  NoticeView,
  ServerWordsView,
} from '../../shared/views/failureView.ts';
import type { Cause, Explanation, ServerWords } from './explanation.ts';
import type { Profile } from '../profile/profile.ts';
import { isUseful, type QuickFix } from './quickFix.ts';
import { quickFixLabel } from './quickFixLabel.ts';

/** What the view shows besides the explanation itself. */
export interface FailureViewState {
  readonly notice?: NoticeView;
  readonly busy: boolean;
  /** The profile as it is now; a fix that changes nothing of it is done. */
  readonly now?: Profile;
  /** The profile was deleted: there is nothing to mend and to run again. */
  readonly gone?: true;
  /** The stored secret was trimmed, and no other entered since. */
  readonly trimmed?: boolean;
}

/** Makes the failure view's model: pure, with no secret in it. */
export function failureView(
  explanation: Explanation,
  report: Pick<FlowReport, 'profile' | 'exchanges' | 'endedAt'>,
  state: FailureViewState,
): FailureViewModel {
  const { failure, provider } = explanation;
  const failed = report.exchanges.find(({ id }) => id === explanation.exchange);
  return {
    ...explanationView(explanation, state),
    ...headline(explanation),
    message: failure.message,
    advice: failure.advice,
    profile: report.profile.name,
    at: report.endedAt,
    busy: state.busy,
    ...(state.gone && { gone: true }),
    ...(provider.how === 'generic' ? {} : { provider: { name: spokenName(provider), why: provider.why } }),
    ...(failed ? { exchange: requestLine(failed) } : {}),
    ...(state.notice ? { notice: state.notice } : {}),
  };
}

/** The likely cause, else what the error means: its code alone tells nobody what to do. */
function headline({ title: code, causes: [first], failure, meaning }: Explanation) {
  const titled = first !== undefined && likelihood(first.weight) !== 'possible';
  const isCoded = failure.kind === 'oauth_error' || failure.kind === 'http_error';
  const title = titled ? first.title : isCoded ? meaning.text : code;
  return { title, titled, ...(title === code ? {} : { code: code.replace(/\.$/, '') }) };
}

function spokenName({ how, name }: Explanation['provider']): string {
  return how === 'named' ? name : `looks like ${name}`;
}

/** The part that every view shows of an explanation. */
export function explanationView(
  { server, meaning, causes, links }: Explanation,
  state: Pick<FailureViewState, 'now' | 'gone' | 'trimmed'>,
): ExplanationView {
  return {
    meaning: { text: meaning.text, ...(meaning.source ? { source: meaning.source } : {}) },
    causes: causes.map((cause) => causeView(cause, state)),
    links,
    ...(server ? { server: serverView(server) } : {}),
  };
}

/** Without a look into the answer, which may be 10 MiB. */
function requestLine({ response: _, ...sent }: FlowReport['exchanges'][number]): string {
  const { request } = redactExchange(sent);
  return `${request.method} ${request.url.slice(0, 300)}`;
}

function causeView(
  { id, weight, title, evidence, steps, fixes, source }: Cause,
  { now, gone, trimmed = false }: Pick<FailureViewState, 'now' | 'gone' | 'trimmed'>,
): CauseView {
  const isDone = (fix: QuickFix) =>
    fix.kind === 'trim_secret' ? trimmed : now !== undefined && !isUseful(now, fix);
  const labels = gone ? [] : fixes.map(quickFixLabel);
  return {
    ...{ id, title, evidence },
    likelihood: likelihood(weight),
    // What a button does and says needs no line above it that says it too.
    steps: steps.filter((step) => !labels.some((label) => step === `${label}.`)),
    fixes: labels,
    done: gone ? [] : fixes.flatMap((fix, at) => (isDone(fix) ? [at] : [])),
    ...(source ? { source } : {}),
  };
}

function likelihood(weight: number): Likelihood {
  return weight >= 80 ? 'very_likely' : weight >= 55 ? 'likely' : 'possible';
}

function serverView(server: ServerWords): ServerWordsView {
  const named = [
    ['error', server.error],
    ['error_description', server.error_description],
    ['error_uri', server.error_uri],
    ...(server.challenges ?? []).map((challenge) => ['WWW-Authenticate', challenge] as const),
  ] as const;
  const status =
    server.status === undefined ? undefined : `${server.status} ${plainText(server.statusText ?? '', 80)}`;
  return {
    ...(status === undefined ? {} : { status: status.trim() }),
    words: named.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    ...(server.body === undefined ? {} : { body: server.body }),
    cut: server.truncated === true,
  };
}
