/** Whether a status sends the client elsewhere; 304 only says that nothing has changed. @see RFC 9110 section 15.4 */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}
