import * as vscode from 'vscode';
import type { ApiRequest } from '../../core/api/callApi.ts';
import { hostVerdict } from '../../core/api/hostVerdict.ts';
import type { Exchange } from '../../core/record/exchange.ts';
import type { TokenSet } from '../../core/record/report.ts';
import { CookieNames } from '../../core/httpFile/cookieNames.ts';
import { profilesNamed } from '../../core/httpFile/authReference.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { sentTokenOf, tokenHeaderOf } from '../../core/profile/tokenHeader.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { isPressed } from '../byHand.ts';
import { confirmHost } from '../confirmHost.ts';
import { requestUnderCursor, type TokenCarrier } from '../editor/requestUnderCursor.ts';
import { readRequestArgument } from '../editor/target.ts';
import { currentTokenOf, type ToObtain } from '../obtainToken.ts';
import { usedOrigins } from '../usedOrigins.ts';
import type { Services } from '../services.ts';
import type { RequestArgument } from '../../shared/commands.ts';
import { namedProfile, pick, type ToChoose } from '../chooseProfile.ts';
import { profileForHost } from '../profileForHost.ts';
import { sendAndShow } from '../sendRequest.ts';
import { dialogs } from '../dialogs.ts';

export type ToSend = ToObtain &
  ToChoose &
  Pick<Services, 'access' | 'editors' | 'globalState' | 'runner' | 'secrets' | 'views'>;

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Sends the request under the cursor, or a typed URL, with a profile's token; the file stays as it is. */
export async function callApi(services: ToSend, rawArgument: unknown): Promise<void> {
  const asked = readAsked(services, rawArgument);
  const fromFile = asked.argument.uri !== undefined || services.editors.hasRequests();
  if (fromFile) {
    const found = await requestFromFile(services, asked);
    if (found) await sendAndShow(services, found.profile, found.request);
    return;
  }
  const request = await typedRequest();
  const profile = request && (await asked.allowed(await meantProfile(services, asked.argument, request.url)));
  if (profile) await sendAndShow(services, profile, request);
}

/** The arguments of a command that sends a request, and whose token it may use. */
interface Asked {
  readonly argument: RequestArgument;
  /** The profile, if the user lets the caller use its token. */
  readonly allowed: (profile: Profile | undefined) => Promise<Profile | undefined>;
}

/**
 * Reads an argument once, as it may differ the next time. A caller that names a request or a profile and is not our own
 * interface needs the user's consent.
 */
export function readAsked({ access }: Pick<Services, 'access'>, rawArgument: unknown): Asked {
  const argument = readRequestArgument(rawArgument);
  const isCaller = Object.keys(argument).length > 0 && !isPressed(rawArgument);
  const allowed: Asked['allowed'] = async (profile) =>
    profile && (!isCaller || (await mayHaveToken(access, 'call', profile))) ? profile : undefined;
  return { argument, allowed };
}

/** The profile that the argument names, else the one for the host of `url`. */
async function meantProfile(
  services: ToSend,
  { profile: id }: RequestArgument,
  url: string | undefined,
): Promise<Profile | undefined> {
  return id === undefined ? profileForHost(services, url) : namedProfile(services, id);
}

/**
 * The request at a command’s argument in a file, with the profile whose token it uses; undefined after the user was told why
 * there is none.
 */
export async function requestFromFile(
  services: ToSend,
  asked: Asked,
): Promise<{ readonly profile: Profile; readonly request: ApiRequest } | undefined> {
  const carrier = tokenCarrier(services, asked);
  const request = await requestUnderCursor(asked.argument, services.editors, carrier);
  if (!request?.profile) return undefined;
  const { method, url, headers, body, readAs, profile, secrets } = request;
  const of = { ...(readAs !== undefined && { readAs }), ...(body && { body }) };
  return { profile, request: { method, url, headers, secrets, ...of } };
}

/** Gets the tokens for a request: a reference in it must name a profile here. */
function tokenCarrier(services: ToSend, { argument, allowed }: Asked): TokenCarrier {
  const named = async (id: string) => {
    const profiles = services.profiles.usable();
    const [profile, ...others] = profilesNamed(profiles, id);
    if (profile && others.length > 0)
      return pick(services, [profile, ...others], vscode.l10n.t('Use the token of'));
    if (!profile)
      void dialogs.showErrorMessage(
        vscode.l10n.t(
          'The file refers to the token of “{0}”, but no profile has this ID or name. Import it from the environment file, or give a profile this name.',
          id.slice(0, 100),
        ),
      );
    return profile;
  };
  return {
    headers: () => services.profiles.usable().map((one) => tokenHeaderOf(one).name.toLowerCase()),
    cookies: () => {
      const names = new CookieNames();
      for (const { request, response, purpose, startedAt } of earlierAnswers(services)) {
        const set = response?.headers.filter(([name]) => name.toLowerCase() === 'set-cookie') ?? [];
        if (purpose === 'api')
          names.learn(
            request.url,
            set.map(([, value]) => value),
            startedAt,
          );
      }
      return names;
    },
    profile: async (reference, url) => {
      // httpYac's header without a name refers to no profile.
      const isMeant = reference === undefined || argument.profile !== undefined || reference === 'oauth2';
      return allowed(await (isMeant ? meantProfile(services, argument, url) : named(reference)));
    },
    token: async ({ id, token }, url) => {
      const profile = await allowed(await named(id));
      const obtained = profile && (await currentTokenOf(services, profile));
      if (obtained?.kind !== 'token') return undefined;
      const { tokens } = obtained;
      const wanted = sentTokenOf({ sentToken: token }, tokens);
      if (wanted === undefined)
        void dialogs.showErrorMessage(
          vscode.l10n.t(
            'The server of “{0}” sent no id_token. Ask for the scope openid.',
            profile?.name ?? id,
          ),
        );
      return wanted !== undefined && (await mayGoTo(services, obtained.profile, tokens, url))
        ? wanted
        : undefined;
    },
  };
}

/** This window's exchanges, the oldest first. */
function earlierAnswers({ flows }: Pick<Services, 'flows'>): readonly Exchange[] {
  return flows
    .ended()
    .toReversed()
    .flatMap(({ exchanges }) => exchanges);
}

/** Whether a token may go to the host of `url`; the user is asked where nothing says so. */
async function mayGoTo(
  services: Pick<Services, 'globalState'>,
  profile: Profile,
  tokens: TokenSet,
  url: string,
): Promise<boolean> {
  // An invalid URL is not sent to anyway.
  if (!URL.canParse(url)) return true;
  const verdict = hostVerdict(url, profile, tokens, usedOrigins(services.globalState, profile));
  return verdict.kind === 'known' || confirmHost(services, profile, verdict);
}

async function typedRequest(): Promise<ApiRequest | undefined> {
  const wrong = vscode.l10n.t('That is neither a URL nor a method and a URL.');
  const typed = await dialogs.showInputBox({
    title: vscode.l10n.t('Send a request with a token'),
    prompt: vscode.l10n.t('A URL, with the method before it unless it is GET.'),
    placeHolder: 'GET https://api.example.com/orders',
    // The message appears in the box, so that the text can be corrected instead of retyped.
    validateInput: (text) => (text.trim() === '' || requestOf(text) !== undefined ? undefined : wrong),
  });
  const request = typed === undefined ? undefined : requestOf(typed);
  if (request === undefined && typed !== undefined) void dialogs.showErrorMessage(wrong);
  return request;
}

/** A typed URL, with or without a method before it. */
function requestOf(typed: string): ApiRequest | undefined {
  const [, verb, url] = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(typed.trim()) ?? [];
  const method = (verb ?? 'GET').toUpperCase();
  // A path alone belongs to the instance URL that came with the token.
  if (url === undefined || !(URL.canParse(url) || url.startsWith('/'))) return undefined;
  if (!verbs.includes(method)) return undefined;
  return { method, url, headers: [['Accept', 'application/json, */*;q=0.5']] };
}
