import * as vscode from 'vscode';
import {
  type Answers,
  type BearerEdit,
  insertBearer,
  isUsableToken,
} from '../../core/httpFile/insertBearer.ts';
import { variablesAlone } from '../../core/httpFile/authorization.ts';
import { wholeHeader } from '../../core/httpFile/headerVariable.ts';
import { bearerHeader } from '../../core/profile/tokenHeader.ts';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { readRequest } from '../../core/httpFile/readRequest.ts';
import { requestAt } from '../../core/httpFile/request.ts';
import { applyToDocument } from './applyToDocument.ts';
import { makePlan, type Plan, toBearer } from './bearerPlan.ts';
import { writeEnvironment } from './environmentFiles.ts';
import { MovingTarget } from './movingTarget.ts';
import { otherHeaders, ownerOf } from './ownership.ts';
import type { Questions } from './questions.ts';
import { readEnvironments, requestVariables } from './requestVariables.ts';
import type { RequestEditors } from './requestEditors.ts';
import { analyse, findTarget, readRequestArgument, type Target } from './target.ts';
import type { TokenProfile, TokenSource } from './tokenSource.ts';
import { dialogs } from '../dialogs.ts';

/**
 * Inserts a bearer token into the request at the argument's place, or at the user's: asks all questions first, then gets or
 * renews the token, then makes one edit.
 *
 * @returns whether the request has the token now
 */
export async function insertBearerCommand(
  source: TokenSource,
  questions: Questions,
  rawArgument: unknown,
  editors: Pick<RequestEditors, 'find'>,
): Promise<boolean> {
  const argument = readRequestArgument(rawArgument);
  const target = await findTarget(argument, editors);
  if (!target) return false;
  const holder = await ownerAt(target, source);
  // Refusals and questions do not depend on the token: nobody signs in in vain.
  if (isRefused(target)) return false;
  const profile = await source.choose(
    argument.profile ?? (argument.renew ? holder?.id : undefined),
    urlOf(target),
  );
  if (!profile) return false;
  const answers = await ask(target, profile, holder !== undefined, questions);
  if (!answers) return false;
  const moving = new MovingTarget(target);
  try {
    const plan = await makePlan(target, profile, source, questions);
    if (!plan) return false;
    // A reference needs no token: the tool that sends the request gets one.
    const needed = plan.way !== 'reference' || argument.renew === true;
    const obtained = needed ? await source.obtain(profile.id, argument.renew === true) : { token: '' };
    if (!obtained) return false;
    const { now } = moving;
    if (now) return await insert(now, plan, obtained.token, answers, questions);
    void dialogs.showInformationMessage(
      vscode.l10n.t(
        'The request changed while the token was fetched. Put the cursor in the request and try again.',
      ),
    );
    return false;
  } finally {
    moving.dispose();
  }
}

/** The request's URL, as far as the file alone tells. */
function urlOf(target: Target): string | undefined {
  const { text, file, offset } = analyse(target);
  const found = requestAt(file, offset);
  return found && readRequest(text, found.block, found.request).url;
}

/** The profile whose token the request carries already. */
async function ownerAt(target: Target, source: TokenSource): Promise<TokenProfile | undefined> {
  const { text, file, offset } = analyse(target);
  const found = requestAt(file, offset);
  if (!found) return undefined;
  const place = bearerPlace(text, found.block, found.request, await otherHeaders(source));
  return (await ownerOf(place, source))?.profile;
}

/** Whether nothing here can take a token; the user is told. */
function isRefused(target: Target): boolean {
  const { text, file, offset } = analyse(target);
  const tried = insertBearer(text, file, offset, { way: 'literal', token: 'x' });
  if (tried.kind === 'refusal') void dialogs.showInformationMessage(tried.message);
  return tried.kind === 'refusal';
}

/** Asks the questions about the request; undefined when it cannot take a token, or the user decided against it. */
async function ask(
  target: Target,
  { header }: TokenProfile,
  isOurs: boolean,
  questions: Questions,
): Promise<Answers | undefined> {
  const { text, file, offset } = analyse(target);
  const holders = await holdersOf(target, header);
  let answers: Answers = { ...(isOurs && { replace: true }), holders };
  for (;;) {
    const bearer = { way: 'literal', token: 'x', ...(header && { header }) } as const;
    const tried = insertBearer(text, file, offset, bearer, answers);
    switch (tried.kind) {
      case 'edits':
        return answers;
      case 'refusal':
        void dialogs.showInformationMessage(tried.message);
        return undefined;
      case 'which': {
        const which = await questions.which(tried);
        if (which === undefined) return undefined;
        answers = { ...answers, which };
        break;
      }
      case 'replace': {
        const replace = await questions.replace(tried);
        if (!replace) return undefined;
        answers = { ...answers, replace };
      }
    }
  }
}

/** Variables of any environment that hold the whole header, as REST Client allows. */
async function holdersOf(
  target: Target,
  header: TokenProfile['header'] = bearerHeader,
): Promise<readonly string[]> {
  const { text, file, offset } = analyse(target);
  const found = requestAt(file, offset);
  const alone = found ? variablesAlone(text, found.block, found.request) : [];
  if (alone.length === 0) return [];
  const known = await readEnvironments(target.document);
  const sources = [undefined, ...known.names].map((name) => requestVariables(known, name));
  const isHeld = (value = '') => wholeHeader(value)?.[0].toLowerCase() === header.name.toLowerCase();
  return alone.filter((name) => sources.some((source) => isHeld(source(name))));
}

async function insert(
  target: Target,
  plan: Plan,
  token: string,
  answers: Answers,
  questions: Questions,
): Promise<boolean> {
  const bearer = toBearer(plan, token);
  const { text, file, offset } = analyse(target);
  const result: BearerEdit =
    plan.way === 'reference' || isUsableToken(token)
      ? insertBearer(text, file, offset, bearer, answers)
      : insertBearer(text, file, offset, { way: 'literal', token }, answers);
  if (result.kind !== 'edits') {
    if (result.kind === 'refusal') void dialogs.showInformationMessage(result.message);
    return false;
  }
  if (plan.place && !(await writeEnvironment(plan.place, plan.names, token, questions))) return false;
  if (await applyToDocument(target.document, result.edits)) return true;
  const name = vscode.workspace.asRelativePath(target.document.uri);
  void dialogs.showErrorMessage(
    vscode.l10n.t('{0} cannot be changed: it is read-only. The token was not written into it.', name),
  );
  return false;
}
