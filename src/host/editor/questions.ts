import * as vscode from 'vscode';
import type { AuthorizationKind } from '../../core/httpFile/authorizationValue.ts';
import type { GitState } from '../../adapters/gitState.ts';
import type { BearerEdit } from '../../core/httpFile/insertBearer.ts';
import { dialogs } from '../dialogs.ts';

/** The ways to insert a token. */
export type Way = 'literal' | 'fileVariable' | 'environment' | 'reference';

/** The questions while a token is inserted; an `undefined` answer means to do nothing. */
export interface Questions {
  /** How to insert the token, asked the first time; `reference` is the text in the header that the user's tool would resolve. */
  way: (environmentFile: string, reference?: string) => Promise<Way | undefined>;
  /** Whether to replace a value that is not a bearer token. */
  replace: (question: Extract<BearerEdit, { kind: 'replace' }>) => Promise<true | undefined>;
  /** Which of several headers, counted from 0. */
  which: (question: Extract<BearerEdit, { kind: 'which' }>) => Promise<number | undefined>;
  /** In which of the file's environments. */
  environments: (file: string, names: readonly string[]) => Promise<readonly string[] | undefined>;
  /** What to do about a file that git tracks or might add. */
  unignored: (
    file: string,
    state: Exclude<GitState, 'ignored' | 'outside'>,
  ) => Promise<'ignore' | 'write' | undefined>;
}

/** The kind of value in a header, in words. */
function holds(kind: AuthorizationKind): string {
  switch (kind) {
    case 'empty':
      return vscode.l10n.t('nothing');
    case 'bearer':
      return vscode.l10n.t('a bearer token');
    case 'variable':
      return vscode.l10n.t('a variable');
    case 'basic':
      return vscode.l10n.t('Basic credentials');
    case 'digest':
      return vscode.l10n.t('Digest credentials');
    case 'aws':
      return vscode.l10n.t('an AWS signature');
    case 'oauth2':
      return vscode.l10n.t('an OAuth configuration of httpYac');
    case 'other':
      return vscode.l10n.t('something other than a bearer token');
  }
}

function asReference(reference: string) {
  return {
    way: 'reference' as const,
    label: vscode.l10n.t('Reference'),
    description: reference,
    detail: vscode.l10n.t('The tool that sends the request gets the token, and no file holds one.'),
  };
}

/** The questions as quick picks and dialogs. */
export const askUser: Questions = {
  way: async (environmentFile, reference) => {
    const items = [
      ...(reference === undefined ? [] : [asReference(reference)]),
      {
        way: 'environment' as const,
        label: vscode.l10n.t('Environment'),
        detail: vscode.l10n.t('The token goes to {0}; the request refers to it.', environmentFile),
      },
      {
        way: 'fileVariable' as const,
        label: vscode.l10n.t('File variable'),
        detail: vscode.l10n.t(
          'Defines the token once at the top of this file and refers to it in the request.',
        ),
      },
      {
        way: 'literal' as const,
        label: vscode.l10n.t('Literal'),
        detail: vscode.l10n.t(
          'Writes the token into the request. Works everywhere, but puts a live token in this file.',
        ),
      },
    ];
    const title = vscode.l10n.t('How should bearer tokens be inserted?');
    const placeHolder = vscode.l10n.t('Remembered in the setting oauthExplorer.insertBearerAs');
    return (await dialogs.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.way;
  },

  replace: async ({ holds: kind, line }) => {
    const message = vscode.l10n.t('The Authorization header in line {0} holds {1}.', line + 1, holds(kind));
    const replace = vscode.l10n.t('Replace');
    const detail = vscode.l10n.t('The bearer token would replace it. You can undo this.');
    const answer = await dialogs.showWarningMessage(message, { modal: true, detail }, replace);
    return answer === replace ? true : undefined;
  },

  which: async ({ headers }) => {
    const items = headers.map(({ kind, line }, index) => ({
      index,
      label: vscode.l10n.t('Line {0}', line + 1),
      description: holds(kind),
    }));
    const title = vscode.l10n.t('This request has several Authorization headers. Which one gets the token?');
    return (await dialogs.showQuickPick(items, { title }))?.index;
  },

  environments: async (file, names) => {
    const items = names.map((label) => ({ label, picked: true }));
    const title = vscode.l10n.t('Which environments of {0} get the token?', file);
    const picked = await dialogs.showQuickPick(items, { title, canPickMany: true });
    return picked && picked.length > 0 ? picked.map(({ label }) => label) : undefined;
  },

  unignored: async (file, state) => {
    const tracked = state === 'tracked';
    const message = tracked
      ? vscode.l10n.t('{0} is tracked by git: a token in it would be committed.', file)
      : state === 'unignored'
        ? vscode.l10n.t('{0} is not ignored by git: a token in it could be committed.', file)
        : state === 'unknown'
          ? vscode.l10n.t(
              'Git could not tell whether it ignores {0}: a token in it could be committed.',
              file,
            )
          : vscode.l10n.t(
              'This workspace is not trusted, so git was not asked about {0}: a token in it could be committed.',
              file,
            );
    const ignore = vscode.l10n.t('Add to .gitignore');
    const write = vscode.l10n.t('Write Anyway');
    const buttons = tracked ? [write] : [ignore, write];
    const answer = await dialogs.showWarningMessage(message, { modal: true }, ...buttons);
    return answer === ignore ? 'ignore' : answer === write ? 'write' : undefined;
  },
};
