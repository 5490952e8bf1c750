import { mediaTypeOf } from './mediaType.ts';

/** Whether an answer is a web page. @param text without blanks at its ends */
export function isWebPage(contentType: string | null | undefined, text: string): boolean {
  const type = mediaTypeOf(contentType) ?? '';
  return type === 'text/html' || type === 'application/xhtml+xml' || text.startsWith('<');
}

/** Whether a status says that the server, or what stands before it, is out of order or wants fewer requests. */
export function outOfOrder(status: number): boolean {
  return status >= 500 || [407, 408, 425, 429].includes(status);
}

/** Whether an answer says nothing of the server's own rules: it is out of order, or another forbids in its place. */
export function isSilent({ status, headers }: Pick<Response, 'status' | 'headers'>): boolean {
  const type = headers.get('content-type');
  return outOfOrder(status) || forbidsByPage(status, type, headers.has('www-authenticate'));
}

/**
 * Whether a page forbids what was asked of an API, without a word of tokens: as a rule that is a firewall's before it, which
 * says nothing of the API.
 *
 * @param challenged whether it says how to authorize oneself
 * @param text without blanks at its ends, where it is known
 */
export function forbidsByPage(
  status: number | undefined,
  contentType: string | null | undefined,
  challenged: boolean,
  text = '',
): boolean {
  return status === 403 && !challenged && !text.startsWith('{') && isWebPage(contentType, text);
}
