import { productLists } from '../productLists.ts';
import type { Grant } from '../profile/profile.ts';

const grants = productLists.grants.map(({ id }) => id);

/** How other tools spell the grants, without anything but letters. */
const spellings: readonly (readonly [string, RegExp])[] = [
  ['client_credentials', /^(clientcredential|client$|application$|machine)/],
  ['authorization_code', /^(authorizationcode|authcode|accesscode|code$|pkce)/],
  ['device_code', /device/],
  ['token_exchange', /tokenexchange/],
  ['jwt_bearer', /jwtbearer/],
  ['saml2_bearer', /samlbearer/],
  ['ciba', /ciba/],
  ['password', /^(password|resourceowner|ropc)/],
  ['implicit', /^(implicit|token$)/],
];

/** What a grant is here, or a sentence that goes on after the profile's name and says why it is none. */
export type GrantRead = { readonly grant: Grant } | { readonly refused: string };

/** The grant another tool means; `interactive` decides when it says none. */
export function readGrant(written: string, interactive: boolean): GrantRead {
  const plain = written.toLowerCase().replace(/[^a-z]/g, '');
  if (plain === '') return { grant: interactive ? 'authorization_code' : 'client_credentials' };
  const name = spellings.find(([, spelling]) => spelling.test(plain))?.[0];
  const grant = name === undefined ? undefined : supported(name);
  if (grant !== undefined) return { grant };
  const uses = `uses the grant “${written.slice(0, 60)}”`;
  if (name === 'password')
    return {
      refused: `${uses}, which must not be used (RFC 9700 section 2.4): it hands the user’s password to the client. Use authorization code for a user, or client credentials without one.`,
    };
  if (name === 'implicit')
    return {
      refused: `${uses}, which puts tokens into addresses (RFC 9700 section 2.1.2). Use authorization code with PKCE.`,
    };
  return {
    refused: `${uses}, which is not supported. Choose ${grants.join(' or ').replaceAll('_', ' ')} there.`,
  };
}

/** The product's own name of a grant; absent until it has that grant. */
function supported(name: string): Grant | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return grants.find((grant) => plain(grant).endsWith(plain(name)));
}
