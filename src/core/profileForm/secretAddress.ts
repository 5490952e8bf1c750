import { inputOf, type ProfileDraft } from './draft.ts';

/**
 * Where the draft's secret would be kept: `<profile id>@<origin>`, as in the keychain.
 *
 * @returns `undefined` while the draft names no server.
 */
export function secretAddress(draft: ProfileDraft, id: string): string | undefined {
  const origin = secretOriginOf(draft);
  return origin === undefined ? undefined : `${String(inputOf(draft, id)['id'])}@${origin}`;
}

/** The origin the draft's secret would be bound to: that of the issuer, else of the token endpoint. */
export function secretOriginOf(draft: ProfileDraft): string | undefined {
  const address = draft.issuer.trim() || (draft.tokenEndpoint ?? '').trim();
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
