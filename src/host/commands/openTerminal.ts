import * as vscode from 'vscode';
import type { TokenSet } from '../../core/record/report.ts';
import { plainText } from '../../core/http/plainText.ts';
import { whyNotAlone } from '../../core/access/useAlone.ts';
import { getsBound } from '../../core/token/isBound.ts';
import { member } from '../../shared/json.ts';
import { isByHand } from '../byHand.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';
import { currentTokenOf, type ToObtain } from '../obtainToken.ts';
import type { Services } from '../services.ts';

/** Key in the workspace's state: the name that was typed last. */
const key = 'terminal.variable';

/**
 * Opens a terminal with the token in an environment variable that the user names; no other terminal gets it, and VS Code does
 * not restore this one. Takes `{ profile, variable }`.
 */
export async function openTerminal(
  services: ToObtain & ToChoose & Pick<Services, 'access' | 'workspaceState'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Open a terminal with the token of'),
    fits: (one, tokens) => !getsBound(one, tokens),
  });
  if (!profile) return;
  if (!isByHand(argument) && !(await mayHaveToken(services.access, 'terminal', profile))) return;
  const name = await variableName(services, argument);
  if (name === undefined) return;
  const obtained = await currentTokenOf(services, profile);
  if (obtained.kind !== 'token') return;
  const useless = whyNotAlone(obtained.tokens, profile.name) ?? whyNotInVariable(obtained.tokens);
  if (useless !== undefined) {
    void dialogs.showErrorMessage(useless);
    return;
  }
  vscode.window
    .createTerminal({
      name: vscode.l10n.t('Token: {0}', plainText(profile.name, 40)),
      iconPath: new vscode.ThemeIcon('key'),
      env: { [name]: obtained.tokens.access_token },
      isTransient: true,
      message: greeting(name, plainText(profile.name, 60), obtained.tokens),
    })
    .show();
}

async function variableName(
  { workspaceState }: Pick<Services, 'workspaceState'>,
  argument: unknown,
): Promise<string | undefined> {
  const given = member(argument, 'variable');
  if (given !== undefined) {
    const text = typeof given === 'string' ? given : '';
    const problem = whyNoName(text);
    if (problem === undefined) return text;
    void dialogs.showErrorMessage(problem);
    return undefined;
  }
  const name = await dialogs.showInputBox({
    title: vscode.l10n.t('Open Terminal with Token'),
    prompt: vscode.l10n.t('The variable that holds the access token in this terminal'),
    value: workspaceState.get<string>(key) ?? 'ACCESS_TOKEN',
    validateInput: whyNoName,
  });
  if (name === undefined || whyNoName(name) !== undefined) return undefined;
  await workspaceState.update(key, name);
  return name;
}

/** Why a name cannot be used; a variable that programs in the terminal need must not be replaced by a token. */
function whyNoName(name: string): string | undefined {
  if (!/^[A-Za-z_]\w{0,99}$/.test(name))
    return vscode.l10n.t('Use letters, digits and underscores, such as ACCESS_TOKEN.');
  const taken = Object.keys(process.env).some((other) => other.toLowerCase() === name.toLowerCase());
  const meant =
    /^(?:path|home|shell|ifs|env|term|lang|pwd|ld_|dyld_|node_options|bash_env|ps1|prompt_command|pathext|comspec)/i;
  return taken || meant.test(name)
    ? vscode.l10n.t('{0} has another meaning already. Choose a name such as ACCESS_TOKEN.', name)
    : undefined;
}

/** Why a token cannot be put into a variable: environments cannot hold a null character, and shells no other invisible one. */
function whyNotInVariable({ access_token: token }: TokenSet): string | undefined {
  return /^[\x20-\x7e]{1,30000}$/.test(token)
    ? undefined
    : vscode.l10n.t(
        'The token is too long for a variable, or contains characters that no variable can hold.',
      );
}

function greeting(variable: string, profile: string, { expires_at: end }: TokenSet): string {
  const until =
    end === undefined
      ? vscode.l10n.t('When it expires is not known.')
      : vscode.l10n.t('It expires at {0}.', new Date(end).toLocaleTimeString(vscode.env.language));
  return vscode.l10n.t(
    '{0} holds the access token of {1} in this terminal only. {2} It is not renewed here: open another terminal then.',
    variable,
    profile,
    until,
  );
}
