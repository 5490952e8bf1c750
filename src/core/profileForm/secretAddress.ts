import { originOf } from '../http/urlHost.ts';
import type { SecretPlace } from '../profile/profile.ts';
import { secretKey } from '../vault/vaultKeys.ts';
import { inputOf, type ProfileDraft } from './draft.ts';
import { inEffect } from './inEffect.ts';
import type { ProfileFormState } from './state.ts';

/**
 * Where a draft's secret would be kept, as in the keychain.
 *
 * @returns `undefined` while the draft names no server.
 */
export function secretAddress(
  state: ProfileFormState,
  id: string,
  draft: ProfileDraft = state.draft,
): string | undefined {
  const origin = secretOriginOf(state, draft);
  const { environment } = inEffect(state, draft);
  return origin === undefined
    ? undefined
    : addressOf({
        id: String(inputOf(draft, id)['id']),
        origin,
        ...(environment !== undefined && { environment }),
      });
}

/** The address of the client's own secret at a place. */
export function addressOf({ what: _, ...place }: SecretPlace): string {
  return secretKey(place);
}

/** The origin a draft's secret would be bound to: that of the issuer, else of the token endpoint. */
export function secretOriginOf(
  state: ProfileFormState,
  draft: ProfileDraft = state.draft,
): string | undefined {
  const { text } = inEffect(state, draft);
  return originOf(text('issuer') || text('tokenEndpoint'));
}
