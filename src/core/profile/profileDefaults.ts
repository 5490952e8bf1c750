/** Where the server sends a user back to unless the profile says otherwise: any free port. @see RFC 8252 section 7.3 */
export const defaultRedirectUri = 'http://127.0.0.1/callback';
