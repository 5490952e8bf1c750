import type { ResponseView } from '../../shared/views/tokenView.ts';
import { textOf, type JsonObject } from './json.ts';
import { claimViews } from './partView.ts';
import { endOf, type TokenReading } from './reading.ts';
import { responseCatalogue } from './responseCatalogue.ts';

const longest = 64 * 1024;
const confidential = /refresh_?token|secret|password/i;

/** What the server sent besides the token: the other members, and the whole response without the refresh token. */
export function responseView(reading: TokenReading): ResponseView | undefined {
  const { response, source } = reading;
  if (response === undefined) return undefined;
  const body = source.kind === 'profile' ? source.responseBody : undefined;
  return {
    rows: claimViews(withoutSecrets(response), responseCatalogue()),
    text: responseText(reading).slice(0, longest),
    raw: body !== undefined,
  };
}

/** The response as text, with only the last 6 characters of the refresh token. */
export function responseText(reading: TokenReading): string {
  const { source, tokens, response = {}, refreshToken } = reading;
  if (source.kind === 'profile' && source.responseBody !== undefined)
    return withoutRefreshToken(source.responseBody, refreshToken);
  return textOf({
    ...(tokens.access && { access_token: tokens.access.token }),
    ...withoutSecrets(response),
    ...(refreshToken !== undefined && { refresh_token: masked(refreshToken) }),
    ...(tokens.id && { id_token: tokens.id.token }),
  });
}

/** A member of the response as the view shows it. */
export function responseMember(reading: TokenReading, name: string): unknown {
  const shown = withoutSecrets(reading.response ?? {});
  return Object.hasOwn(shown, name) ? shown[name] : undefined;
}

function masked(secret: string): string {
  return `…${endOf(secret)}`;
}

/** How deep a server's JSON is followed; the rest is left out. */
const deepest = 50;

function withoutSecrets(value: JsonObject, depth = 0): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, hideSecret(name, member, depth)]),
  );
}

function hideSecret(name: string, value: unknown, depth: number): unknown {
  if (typeof value === 'string') return confidential.test(name) ? masked(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.map((one) => hideSecret(name, one, depth + 1));
  return withoutSecrets(value as JsonObject, depth + 1);
}

/** Removes the refresh token from a body of any kind: by its value in every encoding, and by its name. */
function withoutRefreshToken(body: string, refreshToken: string | undefined): string {
  const spellings =
    refreshToken === undefined || refreshToken === ''
      ? []
      : [refreshToken, JSON.stringify(refreshToken).slice(1, -1), encodeURIComponent(refreshToken)];
  const byValue = spellings.reduce(
    (text, secret) => text.replaceAll(secret, masked(refreshToken ?? '')),
    body,
  );
  return byValue.replace(
    /("[^"]{0,40}(?:refresh_?token|secret|password)[^"]{0,40}"\s{0,20}:\s{0,20}")([^"\\]*(?:\\.[^"\\]*)*)"/gi,
    (whole: string, start: string, value: string) =>
      value.startsWith('…') ? whole : `${start}${masked(value)}"`,
  );
}
