import * as vscode from 'vscode';
import { getsBound } from '../../core/token/isBound.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { isPressed } from '../byHand.ts';
import { chooseProfile, type Purpose } from '../chooseProfile.ts';
import { reach } from '../contextKeys.ts';
import { insertBearerCommand } from '../editor/insertBearerCommand.ts';
import { readRequestArgument } from '../editor/target.ts';
import { askUser } from '../editor/questions.ts';
import type { TokenSource } from '../editor/tokenSource.ts';
import { fitting, type ToFindForHost } from '../profileForHost.ts';
import type { Services } from '../services.ts';

/**
 * Inserts a bearer header into the request under the cursor, or into the one of a lens. Whoever can read the file then has the
 * token: a caller that names profile or request and is not our own interface needs the user's consent, and for one that names
 * neither the user chooses.
 */
export async function insertBearer(
  services: ToFindForHost & Pick<Services, 'access' | 'editor' | 'editors'>,
  argument: unknown,
): Promise<boolean> {
  const { source } = await services.editor();
  // Read once, as it may differ the next time. A right click in the text passes the document's address, which names nothing.
  const meant = readRequestArgument(argument);
  const isNamed = Object.keys(meant).length > 0;
  const title = vscode.l10n.t('Insert the bearer token of');
  const fits: Purpose['fits'] = (one, tokens) => !getsBound(one, tokens);
  const choose: TokenSource['choose'] = async (profile, url) => {
    if (isPressed(argument)) return source.choose(profile, url);
    const first = await fitting(services, url);
    const chosen = await chooseProfile(services, { profile }, { title, fits, first, isAsked: true });
    const may = chosen && (!isNamed || (await mayHaveToken(services.access, 'command', chosen)));
    return may ? source.choose(chosen.id) : undefined;
  };
  const inserted = await insertBearerCommand({ ...source, choose }, askUser, meant, services.editors);
  if (inserted) void reach('bearerInserted');
  return inserted;
}
