import { plainText } from '../http/plainText.ts';
import { redactUrl } from '../http/redactUrl.ts';

/** An address as a sentence may show it: with its query, the secrets in it masked. */
export function addressShown(url: string): string {
  return plainText(redactUrl(url.slice(0, 2000)), 300);
}
