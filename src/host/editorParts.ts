import * as vscode from 'vscode';
import { visibleText } from '../shared/visibleText.ts';
import type { Profile } from '../core/profile/profile.ts';
import { referenceTo } from '../core/httpFile/authReference.ts';
import type { TokenSet } from '../core/record/report.ts';
import { sentTokenOf, tokenHeaderOf } from '../core/profile/tokenHeader.ts';
import { isBound } from '../core/token/isBound.ts';
import { dialogs } from './dialogs.ts';
import { currentToken, obtainFor, type ToObtain } from './obtainToken.ts';
import { namedProfile } from './chooseProfile.ts';
import { profileForHost, type ToFindForHost } from './profileForHost.ts';
import type {
  EditorServices,
  ProfileToken,
  TokenProfile,
  TokenSource,
  TokenSummary,
} from './editor/tokenSource.ts';
import type { Services } from './services.ts';

/** Makes what the features in request files work with, from the services. */
export function editorParts(services: ToObtain & ToFindForHost & Pick<Services, 'own'>): EditorServices {
  return { source: tokenSource(services), describe };
}

/** How often lenses with “time left” are refreshed, in milliseconds. */
const tick = 30_000;

function tokenSource(services: ToObtain & ToFindForHost & Pick<Services, 'own'>): TokenSource {
  const changed = new vscode.EventEmitter<void>();
  const fire = () => changed.fire();
  const stops = [services.tokens.changes.on(fire), services.active.changes.on(fire)];
  const timer = setInterval(fire, tick);
  timer.unref();
  services.own(changed, services.profiles.onDidChange(fire), {
    dispose: () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    },
  });
  return {
    onDidChange: changed.event,
    profiles: () => Promise.resolve(services.profiles.list().profiles.map(({ profile }) => named(profile))),
    active: () => Promise.resolve(services.activeProfile()).then((profile) => profile && named(profile)),
    choose: async (id, url) => {
      const profile = id === undefined ? await profileForHost(services, url) : namedProfile(services, id);
      return profile && named(profile);
    },
    last: async (id) => {
      const profile = services.profiles.get(id)?.profile;
      if (!profile) return undefined;
      await services.tokens.warm([profile]);
      return tokenOf(profile, services.tokens.peek(profile));
    },
    obtain: async (id, renew) => {
      const profile = services.profiles.get(id)?.profile;
      if (profile?.dpop === true) {
        refuseBound(profile);
        return undefined;
      }
      const obtained =
        renew && profile
          ? await obtainFor(services, profile, (signal) => services.session.renew(profile, signal))
          : await currentToken(services, id);
      if (obtained?.kind !== 'token') return undefined;
      if (isBound(obtained.tokens)) {
        refuseBound(obtained.profile);
        return undefined;
      }
      const token = tokenOf(obtained.profile, obtained.tokens);
      if (!token) sayNoIdToken(obtained.profile);
      return token;
    },
  };
}

/** Tells the user that a header in a file cannot prove the key that a token is bound to. @see RFC 9449 section 7.1 */
function refuseBound({ name }: Profile): void {
  void dialogs.showInformationMessage(
    vscode.l10n.t(
      'The tokens of “{0}” are bound to a key (DPoP): a header in the file cannot prove it. “Send with token” makes a proof for each request.',
      name,
    ),
  );
}

function sayNoIdToken({ name }: Profile): void {
  void dialogs.showErrorMessage(
    vscode.l10n.t(
      '“{0}” is to insert its id_token, and the server sent none. Ask for the scope openid, or have the access token sent.',
      name,
    ),
  );
}

function named(profile: Profile): TokenProfile {
  const { id, name, tokenHeader, tokenPrefix } = profile;
  const [jetbrains, httpyac] = [referenceTo('jetbrains', profile), referenceTo('httpyac', profile)];
  const own = tokenHeader !== undefined || tokenPrefix !== undefined;
  return {
    ...{ id, name },
    ...(own && { header: tokenHeaderOf(profile) }),
    references: { ...(jetbrains !== undefined && { jetbrains }), ...(httpyac !== undefined && { httpyac }) },
  };
}

function tokenOf(
  profile: Profile,
  tokens: Pick<TokenSet, 'access_token' | 'id_token' | 'expires_at'> | undefined,
): ProfileToken | undefined {
  const token = tokens && sentTokenOf(profile, tokens);
  if (token === undefined) return undefined;
  const { expires_at: expiresAt } = tokens ?? {};
  return { profile: named(profile), token, ...(expiresAt !== undefined && { expiresAt }) };
}

/** A short summary of a token in a file. */
async function describe(token: string): Promise<TokenSummary | undefined> {
  const [{ readTokens }, { tokenView }] = await Promise.all([
    import('../core/token/reading.ts'),
    import('../core/token/tokenView.ts'),
  ]);
  const reading = readTokens({ kind: 'text', text: token, from: 'the request' });
  const [first] = tokenView(reading, { now: Date.now(), signatures: {} }).tokens;
  if (!first) return undefined;
  const claims =
    first.payload?.rows.filter(({ name }) => ['iss', 'sub', 'aud', 'scope', 'scp'].includes(name)) ?? [];
  const { expiresAt } = first.lifetime;
  return {
    lines: [first.format, ...claims.map(({ name, value }) => visibleText(`${name}: ${value.slice(0, 200)}`))],
    ...(expiresAt !== undefined && { expiresAt }),
  };
}
