/** What a token type of RFC 8693 begins with. */
const tokenTypePrefix = 'urn:ietf:params:oauth:token-type:';

/** Token types by which a token of one profile can be handed to another. @see RFC 8693 section 3 */
export const accessTokenType = `${tokenTypePrefix}access_token`;
