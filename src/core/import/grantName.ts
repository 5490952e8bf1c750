import { productLists } from '../productLists.ts';
import type { Grant } from '../profile/profile.ts';

/** Letters only, in lower case: tools spell the grants in many ways. */
const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

/** What names of these two begin with; all grants are told by their `otherNames`, too. */
const beginnings: readonly (readonly [Grant, RegExp])[] = [
  ['client_credentials', /^(clientcredential|client$|application$|machine)/],
  ['authorization_code', /^(authorizationcode|authcode|accesscode|code$|pkce)/],
];

const { grants } = productLists;
const named = grants.map(({ id, otherNames = [] }) => ({ id, names: otherNames.map(plain) }));

/** What a grant is here, or a sentence that goes on after the profile's name and says why it is none. */
export type GrantRead = { readonly grant: Grant } | { readonly refused: string };

/** The grant another tool means; `interactive` decides when it says none. */
export function readGrant(written: string, interactive: boolean): GrantRead {
  const letters = plain(written);
  if (letters === '') return { grant: interactive ? 'authorization_code' : 'client_credentials' };
  const uses = `uses the grant “${written.slice(0, 60)}”`;
  if (/^(password|resourceowner|ropc)/.test(letters))
    return {
      refused: `${uses}, which must not be used (RFC 9700 section 2.4): it hands the user’s password to the client. Use authorization code for a user, or client credentials without one.`,
    };
  if (/^(implicit|token$)/.test(letters))
    return {
      refused: `${uses}, which puts tokens into addresses (RFC 9700 section 2.1.2). Use authorization code with PKCE.`,
    };
  const grant = grantOf(letters);
  if (grant !== undefined) return { grant };
  return {
    refused: `${uses}, which is not supported. Choose ${grants
      .map(({ id }) => id)
      .join(' or ')
      .replaceAll('_', ' ')} there.`,
  };
}

/** The grant that a name is for: what it is called may stand anywhere in it, such as behind `urn:`, unless that is short. */
function grantOf(letters: string): Grant | undefined {
  const fits = (name: string) => letters === name || (name.length > 5 && letters.includes(name));
  return (
    beginnings.find(([, spelling]) => spelling.test(letters))?.[0] ??
    named.find(({ names }) => names.some(fits))?.id
  );
}
