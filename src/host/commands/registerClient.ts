import * as vscode from 'vscode';
import type { Registered, RegistrationRun } from '../../core/operations/registration.ts';
import {
  secretDestinations,
  secretPlace,
  type AuthorizationCodeProfile,
} from '../../core/profile/profile.ts';
import { defaultRedirectUri } from '../../core/profile/profileDefaults.ts';
import { freeId, slug } from '../../core/profile/slug.ts';
import { redirectUriProblem, urlProblem } from '../../core/profile/urls.ts';
import { dialogs } from '../dialogs.ts';
import { withFlow } from '../flowProgress.ts';
import { presentFailure } from '../presentFailure.ts';
import type { Services } from '../services.ts';

type ToRegister = Pick<
  Services,
  'active' | 'activeProfile' | 'flows' | 'profiles' | 'run' | 'runner' | 'secrets'
>;

/** The vault's name for a registered client's management URL and registration access token. @see RFC 7592 */
export const management = 'registration';

/** Registers a client at a server and makes a profile from it; its secrets go into the keychain. @see RFC 7591 */
export async function registerClient(services: ToRegister): Promise<void> {
  const profile = await profileToRegister(services);
  if (!profile) return;
  let run = await register(services, profile);
  if (run.wantsToken) {
    const initialAccessToken = await askForToken();
    if (initialAccessToken) run = await register(services, profile, initialAccessToken);
  }
  const { report, registered } = run;
  if (report.outcome.kind === 'failure') presentFailure(services, profile, { ...report.outcome, report });
  else if (registered) await keep(services, registered);
}

function register(
  { flows, runner }: ToRegister,
  profile: AuthorizationCodeProfile,
  initialAccessToken?: string,
): Promise<RegistrationRun> {
  const registration = { profile, ...(initialAccessToken && { initialAccessToken }) };
  const title = vscode.l10n.t('Registering a client at {0}', new URL(profile.issuer ?? '').host);
  return withFlow(flows, profile, title, (request) => runner.register(registration, request));
}

async function profileToRegister(services: ToRegister): Promise<AuthorizationCodeProfile | undefined> {
  const title = vscode.l10n.t('Register a client');
  const issuer = await dialogs.showInputBox({
    ...{ title, placeHolder: 'https://login.example.com' },
    prompt: vscode.l10n.t('The issuer: the address of the authorization server.'),
    value: services.activeProfile()?.issuer ?? '',
    validateInput: (value) => urlProblem('issuer', value.trim()),
  });
  if (!issuer?.trim()) return undefined;
  const redirectUri = await dialogs.showInputBox({
    ...{ title, value: defaultRedirectUri },
    prompt: vscode.l10n.t('The redirect URI to register.'),
    validateInput: (value) => redirectUriProblem(value.trim()),
  });
  if (!redirectUri?.trim()) return undefined;
  const { host } = new URL(issuer.trim());
  return {
    id: freeId(slug(host) || 'client', services.profiles.ids()),
    name: host,
    grant: 'authorization_code',
    issuer: issuer.trim(),
    clientId: '-',
    clientAuthentication: 'none',
    scopes: ['openid'],
    redirectUri: redirectUri.trim(),
    resource: [],
    authorizationParameters: {},
    tokenParameters: {},
  };
}

function askForToken(): Thenable<string | undefined> {
  return dialogs.showInputBox({
    title: vscode.l10n.t('Initial access token'),
    prompt: vscode.l10n.t(
      'The server registers only clients that bring one (RFC 7591). It is sent once and not stored.',
    ),
    password: true,
  });
}

async function keep(services: ToRegister, { profile, client, place }: Registered): Promise<void> {
  const { clientSecret, registrationAccessToken: token, registrationClientUri: uri } = client;
  await services.profiles.save(profile, { scope: 'user' });
  if (clientSecret !== undefined) await services.secrets.set(place, clientSecret);
  if (token !== undefined && uri !== undefined) {
    const managed = secretPlace(profile, undefined, { what: management });
    await services.secrets.set(managed, JSON.stringify({ token, uri }));
  }
  await services.active.set(profile.id);
  const get = vscode.l10n.t('Get Token');
  const sentences = [vscode.l10n.t('The client is registered, and “{0}” is its profile.', profile.name)];
  const to = secretDestinations(place).join(vscode.l10n.t(' and '));
  if (clientSecret !== undefined)
    sentences.push(vscode.l10n.t('Its secret is kept in the keychain, and sent to {0} only.', to));
  // Not awaited: the command is over.
  void dialogs
    .showInformationMessage(sentences.join(' '), get)
    .then((answer) => answer === get && services.run('getToken', { profile: profile.id }));
}
