import { isSecretName } from '../secretNames.ts';

/** How a cookie is kept, and what is not a secret of one. @see RFC 6265 section 5.2 */
export const knownAttribute = /^(?:path|domain|expires|max-age|samesite|priority|version|comment)$/i;

/** Parameters that only the one who knows the password can compute, besides those that are called a secret. @see RFC 7616 section 3.4 */
const proofs = /^(?:response|cnonce|nextnonce|rspauth|mac)$/i;

/** What stands among the names of protocols and is none: browsers can set no other field of a WebSocket, so that tokens stand there. */
export const notProtocol = /(?<![\w+/=~-])(?=[A-Za-z_+/=~-]*\d)[\w+/=~-]{16,}/g;

/** The longest value that is taken apart, in characters. */
const longest = 20_000;

/**
 * What a value that holds credentials is made of, so that each is known wherever else it occurs: the word after a scheme, the
 * password of Basic, the parameters of Digest and `Authentication-Info`, the pairs of a cookie. Linear in its length.
 */
export function credentialParts(value: string): readonly string[] {
  if (value.length > longest) return [];
  const [, scheme = '', words = value] = /^([\w-]{1,40})[ \t]{1,9}(?=\S)(.*)$/s.exec(value) ?? [];
  const basic = scheme.toLowerCase() === 'basic' ? passwordsOf(words) : [];
  // The name of a parameter in quotes is not a secret: every `username=` would be masked.
  const word = scheme === '' || /^[\w-]{1,60}[ \t]{0,3}="[^\s",;]/.test(words) ? [] : [bare(words)];
  return [...word, ...basic, ...parametersOf(words), ...pairsOf(value)];
}

/** Of Basic the password, form-decoded or not. @see RFC 6749 section 2.3.1 */
function passwordsOf(credentials: string): readonly string[] {
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const password = pair.slice(pair.indexOf(':') + 1);
  return [password, new URLSearchParams(`p=${password.replaceAll('&', '%26')}`).get('p') ?? ''];
}

function parametersOf(text: string): readonly string[] {
  const found = text.matchAll(/([\w-]{1,60})=(?:"([^"]*)"|([^\s",;]+))/g);
  return [...found].flatMap(([, name = '', quoted, word = '']) =>
    proofs.test(name) || isSecretName(name) ? [quoted ?? word] : [],
  );
}

function pairsOf(value: string): readonly string[] {
  if (!/^[^\s=;,"]{1,100}=/.test(value)) return [];
  return value.split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    const isKept = equals >= 0 && !knownAttribute.test(pair.slice(0, equals).trim());
    return isKept ? [bare(pair.slice(equals + 1).trim())] : [];
  });
}

/** Without quotes, and what stands behind them where a line was not told from what is quoted in it. */
function bare(value: string): string {
  const [, quote = ''] = /^(["'])/.exec(value) ?? [];
  return value.slice(quote.length).split(/["'\s]/, 1)[0] ?? '';
}
