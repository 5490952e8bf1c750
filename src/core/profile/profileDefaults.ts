/** The redirect URI unless the profile sets one: any free port of loopback. @see RFC 8252 section 7.3 */
export const defaultRedirectUri = 'http://127.0.0.1/callback';
