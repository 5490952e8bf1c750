/** The grant type that exchanges one token for another. @see RFC 8693 section 2.1 */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** What a token type of RFC 8693 begins with. */
const tokenTypePrefix = 'urn:ietf:params:oauth:token-type:';

/** Token types by which a token of one profile can be handed to another. @see RFC 8693 section 3 */
export const accessTokenType = `${tokenTypePrefix}access_token`;
export const idTokenType = `${tokenTypePrefix}id_token`;

/** @see draft-ietf-oauth-identity-assertion-authz-grant section 3 */
export const idJagType = `${tokenTypePrefix}id-jag`;
