import { productLists } from '../productLists.ts';
import type { ClientAuthentication } from '../profile/profile.ts';

const spellings: readonly (readonly [string, RegExp])[] = [
  ['client_secret_jwt', /secretjwt/],
  ['federated_assertion', /^federated/],
  ['private_key_jwt', /^privatekey|privatekeyjwt|^jwt|assertion/],
  ['self_signed_tls_client_auth', /selfsigned/],
  ['tls_client_auth', /tlsclientauth|mtls|x509|certificate/],
  // `query` is what omniauth_openid_connect calls the form. @see https://docs.gitlab.com/administration/auth/oidc/
  ['client_secret_post', /body|post|form|^false$|^query$/],
  // Of httpYac's `useAuthorizationHeader`.
  ['client_secret_basic', /basic|header|^true$/],
  ['none', /^(none|public)/],
];

/**
 * The client authentication that another tool names.
 *
 * @returns `undefined` when it names none, a sentence when it is one that the product does not have.
 */
export function readAuthentication(
  written: string,
): { readonly method: ClientAuthentication } | { readonly refused: string } | undefined {
  const plain = written.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (plain === '') return undefined;
  const name = spellings.find(([, spelling]) => spelling.test(plain))?.[0];
  const method = productLists.authentications.find(({ id }) => id === name)?.id;
  if (method !== undefined) return { method };
  return {
    refused: `The client authentication “${written.slice(0, 60)}” is not supported here; nothing of it was taken over. Choose another that the server allows.`,
  };
}
