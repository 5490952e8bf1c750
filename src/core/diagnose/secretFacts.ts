import { formEncoded } from '../authentication/clientSecretBasic.ts';
import { headerValue, type Exchange } from '../record/exchange.ts';
import { sentParameters } from './sentParameters.ts';

/** What can be said about a client secret without saying it. */
export interface SecretFacts {
  readonly leadingBlank: boolean;
  readonly trailingBlank: boolean;
  readonly lineBreak: boolean;
  /** It has the form of a GUID, as ids have and secrets seldom do. */
  readonly looksLikeId: boolean;
  readonly equalsClientId: boolean;
  /** It looks like an example from documentation. */
  readonly placeholder: boolean;
  /** Form-encoding it for Basic changes it, so that it matters whether the server undoes that. */
  readonly changedByFormEncoding: boolean;
  /** It has a colon, which also parts id and secret in Basic. */
  readonly hasColon: boolean;
  /** It has letters outside ASCII, for which OAuth has no place. */
  readonly beyondAscii: boolean;
  /** Characters. */
  readonly length: number;
}

const guid = /^[{(]?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}[)}]?$/i;
const example = /^(<.*>|changeme|secret|your[-_ ].*|replace[-_ ].*|x{3,}|\*{3,}|\.{3,})$/i;

/** Derives what may be shown of `secret`; the secret itself goes no further. */
export function secretFacts(secret: string, clientId: string): SecretFacts {
  const trimmed = secret.trim();
  return {
    leadingBlank: secret.trimStart() !== secret,
    trailingBlank: secret.trimEnd() !== secret,
    lineBreak: /[\r\n]/.test(secret),
    looksLikeId: guid.test(trimmed),
    equalsClientId: trimmed === clientId.trim(),
    placeholder: example.test(trimmed),
    changedByFormEncoding: formEncoded(secret) !== secret,
    hasColon: secret.includes(':'),
    beyondAscii: /[^\0-~]/.test(secret),
    length: secret.length,
  };
}

/** The same for the secret that was sent in `exchange`; absent when none was. */
export function sentSecretFacts(exchange: Exchange | undefined, clientId: string): SecretFacts | undefined {
  if (!exchange) return undefined;
  const secret = sentParameters(exchange).get('client_secret') ?? basicSecret(exchange);
  return secret === undefined ? undefined : secretFacts(secret, clientId);
}

function basicSecret({ request }: Exchange): string | undefined {
  const value = headerValue(request.headers, 'authorization') ?? '';
  if (!/^basic /i.test(value)) return undefined;
  const [, encoded] = Buffer.from(value.slice(6), 'base64').toString('utf8').split(/:(.*)/s);
  if (encoded === undefined) return undefined;
  return new URLSearchParams(`s=${encoded}`).get('s') ?? undefined;
}
