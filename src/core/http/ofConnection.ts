/** Headers that belong to the connection, and so to whoever opens it. @see RFC 9110 section 7.6.1 */
export const ofConnection =
  /^(?:host|content-length|connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade|expect)$/i;
