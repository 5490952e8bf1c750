import { acceptance, type Acceptance, type Yardstick } from './acceptance.ts';

/** How the server takes the profile's redirect URI. */
export interface Registered {
  /** The form that was accepted, or the last one tried. */
  readonly uri: string;
  readonly yardstick: Yardstick;
  readonly how: Acceptance;
  /** How the URI exactly as the profile writes it was taken. */
  readonly literal: Acceptance;
}

/** A host that exists nowhere (RFC 2606); nothing is ever sent to it. */
export const foreignHost = 'oauth-explorer-check.invalid';

/** The same as a name that browsers take for this computer without asking anybody. @see RFC 6761 section 6.3 */
export const localForeignHost = 'oauth-explorer-check.localhost';

/** Whether a redirect URI leads to a host of somebody else: one of the above, or one that looks like the registered one. */
export function isForeign(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).hostname.includes('oauth-explorer-check');
}

/** A port for requests that need one in the redirect URI while nobody listens. */
export const samplePort = 49_170;

/** Judges the registered URI against nothing but an unregistered one. */
export function ofItsOwn(yardstick: Yardstick, uri: string): Acceptance {
  const { registered, unregistered } = yardstick;
  if (registered.kind === 'own' || registered.kind === 'page')
    return unregistered.kind === 'refused' ? 'accepted' : acceptance(registered, uri, yardstick);
  return acceptance(registered, uri);
}

/**
 * What a refused correct request is refused for where that is something else than its redirect URI; nothing where that may be it.
 *
 * @see RFC 6749 section 4.1.2.1
 */
export function refusedForElse({ registered, unregistered }: Yardstick): string | undefined {
  if (registered.kind !== 'refused' || registered.error === undefined) return undefined;
  const { error } = registered;
  if (/^(?:unsupported_response_(?:type|mode)|invalid_(?:scope|target|client))$/.test(error)) return error;
  // Some say so of a redirect URI, too.
  const isSame = unregistered.kind === 'refused' && unregistered.error === error;
  return error === 'unauthorized_client' && !isSame ? error : undefined;
}

const authority = /^([a-z][a-z0-9+.-]*:\/\/(?:\[[^\]]*\]|[^/:?#]*))(?::\d+)?/i;

/** The same URI with this port, every other character as it was. */
export function withPort(uri: string, port: number): string {
  return uri.replace(authority, `$1:${port}`);
}

/** The same URI with a port, where it has none. */
export function withSamplePort(uri: string): string {
  return new URL(uri).port === '' ? withPort(uri, samplePort) : uri;
}

/** Writes the same URI with another host, every other character as it was. */
export function withHost(uri: string, host: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:\[[^\]]*\]|[^/:?#]*)/i, `$1${host}`);
}

/** Writes the same URI with another path, made from its own; host, port and query stay as they were. */
export function withPath(uri: string, change: (path: string) => string): string {
  const [, start = '', path = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)((?:\/[^?#]*)?)((?:[?#].*)?)$/is.exec(uri) ?? [];
  return start + change(path) + rest;
}
