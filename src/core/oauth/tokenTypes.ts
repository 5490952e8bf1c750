/** The grant type of a token exchange. @see RFC 8693 section 2.1 */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** The prefix of RFC 8693's token types. */
const tokenTypePrefix = 'urn:ietf:params:oauth:token-type:';

/** The token types of what one profile hands to another. @see RFC 8693 section 3 */
export const accessTokenType = `${tokenTypePrefix}access_token`;
export const idTokenType = `${tokenTypePrefix}id_token`;

/** @see draft-ietf-oauth-identity-assertion-authz-grant section 3 */
export const idJagType = `${tokenTypePrefix}id-jag`;
