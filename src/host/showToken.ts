import { authenticationNamed } from '../core/productLists.ts';
import { secretPlace, type Profile } from '../core/profile/profile.ts';
import type { ProfileTokens } from '../core/token/reading.ts';
import { tokenAnswers } from '../core/token/tokenAnswers.ts';
import { recogniseProvider } from '../core/diagnose/recognise.ts';
import { reach } from './contextKeys.ts';
import type { Services } from './services.ts';

/** Opens the token view of a profile, or brings it to the front; does nothing without a token. */
export async function showToken(
  services: Pick<Services, 'flows' | 'runner' | 'secrets' | 'tokens' | 'views'>,
  profile: Profile,
): Promise<void> {
  const input = await tokenInput(services, profile);
  if (!input) return;
  (await services.views.token()).show(input);
  void reach('tokenShown');
}

/** Redraws the token view of a profile if it is open; closes it when the token is gone. */
export async function updateToken(
  services: Pick<Services, 'flows' | 'runner' | 'secrets' | 'tokens' | 'views'>,
  profile: Profile,
): Promise<void> {
  const panels = await services.views.token();
  if (!panels.isOpen(profile.id)) return;
  const input = await tokenInput(services, profile);
  if (input) panels.update(input);
  else panels.close(profile.id);
}

async function tokenInput(
  services: Pick<Services, 'flows' | 'runner' | 'secrets' | 'tokens'>,
  profile: Profile,
): Promise<ProfileTokens | undefined> {
  const tokens = await services.tokens.get(profile);
  if (!tokens) return undefined;
  const catalogue = await services.runner.catalogue();
  const { provider } = recogniseProvider(catalogue, profile);
  const flows = services.flows.ended();
  const flow = flows.find(
    ({ profile: { id }, outcome }) =>
      id === profile.id && outcome.kind === 'token' && outcome.tokens.access_token === tokens.access_token,
  );
  const exchange = flow?.exchanges.findLast(({ purpose }) => purpose === 'token' || purpose === 'refresh');
  const server = services.runner.metadata.last(profile.issuer);
  const certificate = await certificateOf(services.secrets, profile);
  return {
    kind: 'profile',
    profile,
    tokens,
    answers: tokenAnswers(flows, profile, tokens),
    ...(server && { server }),
    ...(certificate !== undefined && { certificate }),
    ...(provider.scopes && { knowledge: provider.scopes }),
    ...(exchange && { deviations: exchange.deviations, hasFlow: true }),
    ...(exchange?.response && { responseBody: exchange.response.body }),
  };
}

/** The thumbprint of a profile's stored certificate; undefined when there is none, or the keychain does not answer. */
async function certificateOf(secrets: Services['secrets'], profile: Profile): Promise<string | undefined> {
  if (authenticationNamed(profile.clientAuthentication).keeps?.severalFiles !== true) return undefined;
  const stored = await secrets.get(secretPlace(profile)).catch(() => undefined);
  if (stored === undefined) return undefined;
  const { certificateFacts } = await import('../core/http/tlsIdentity.ts');
  return certificateFacts(stored)?.thumbprint;
}
