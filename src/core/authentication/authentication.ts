import type { JWK } from 'jose';
import type { ClientAuth } from 'oauth4webapi';
import { privateParts } from './privateKey.ts';
import { splitIdentity } from '../http/tlsIdentity.ts';
import type { Profile } from '../profile/profile.ts';
import type { AuthenticationTraits } from '../profile/traits.ts';

/**
 * What a client proves itself with, as the vault gives it. Keys are held in the vault only, and are in nothing that is
 * stored, shown or logged elsewhere.
 */
export type Material =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'password'; readonly secret: string }
  /** A private key as a JWK or PEM text. */
  | { readonly kind: 'key'; readonly key: string }
  /** PEM texts. */
  | { readonly kind: 'certificate'; readonly certificate: string; readonly key: string }
  /** What was read from a file that another program keeps, such as a workload's token. */
  | { readonly kind: 'file'; readonly content: string };

/** What a client authentication asks the user, or the vault, for. */
export type MaterialKind = Material['kind'];

/** The material of one kind. */
export type MaterialOf<Kind extends MaterialKind> = Extract<Material, { readonly kind: Kind }>;

/**
 * One way for a client to prove who it is. To add one is to add a file that exports it, and its line in `all.ts`.
 *
 * @see RFC 6749 section 2.3, RFC 7591 section 2 (`token_endpoint_auth_method`)
 */
export interface AuthenticationDescriptor extends AuthenticationTraits {
  readonly needs: MaterialKind;
  /** It stands in the `Authorization` header, so that a refusal has status 401 and a challenge. @see RFC 6749 section 5.2 */
  readonly inHeader?: true;
  /**
   * Puts the proof into a request, the way the protocol library does it.
   *
   * @param material of the kind that `needs` says
   */
  make: (material: Material, profile: Profile) => ClientAuth | Promise<ClientAuth>;
  /** What a server has to know of it, where that is a key. @see RFC 7591 section 2 (jwks) */
  registers?: (material: Material, profile: Profile) => JWK | Promise<JWK>;
}

/** The texts of a material that must be in nothing a flow says. */
export function secretsOf(material: Material): readonly string[] {
  switch (material.kind) {
    case 'nothing':
      return [];
    case 'password':
      return [material.secret];
    case 'key':
    case 'certificate':
      return [material.key, ...privateParts(material.key)];
    case 'file':
      return [material.content];
  }
}

/** The material of a kind out of the text that the vault keeps for it. */
export function materialFrom(kind: Exclude<MaterialKind, 'nothing'>, text: string): Material {
  switch (kind) {
    case 'password':
      return { kind, secret: text };
    case 'key':
      return { kind, key: text };
    case 'certificate':
      return { kind, ...splitIdentity(text) };
    case 'file':
      return { kind, content: text };
  }
}

/** The material as the kind that an authentication needs. @throws TypeError when it is another: a mistake of ours */
export function materialOf<Kind extends MaterialKind>(material: Material, kind: Kind): MaterialOf<Kind> {
  if (material.kind !== kind) throw new TypeError(`Expected ${kind}, not ${material.kind}.`);
  return material as MaterialOf<Kind>;
}
