import { acceptance, type Acceptance, type Yardstick } from './acceptance.ts';

/** How the server answers the profile's redirect URI. */
export interface Registered {
  /** The accepted form, or the last one tried. */
  readonly uri: string;
  readonly yardstick: Yardstick;
  readonly how: Acceptance;
  /** The result for the URI exactly as the profile has it. */
  readonly literal: Acceptance;
}

/** A host that exists nowhere (RFC 2606); no request is ever sent to it. */
export const foreignHost = 'oauth-explorer-check.invalid';

/** The same with a name that browsers always take for this computer. @see RFC 6761 section 6.3 */
export const localForeignHost = 'oauth-explorer-check.localhost';

/** Whether a redirect URI leads to somebody else's host: one of the above, or one that looks like the registered one. */
export function isForeign(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).hostname.includes('oauth-explorer-check');
}

/** A port for requests that need one in the redirect URI while nobody listens there. */
export const samplePort = 49_170;

/** Judges the registered URI in comparison with only an unregistered one. */
export function ofItsOwn(yardstick: Yardstick, uri: string): Acceptance {
  const { registered, unregistered } = yardstick;
  if (registered.kind === 'own' || registered.kind === 'page')
    return unregistered.kind === 'refused' ? 'accepted' : acceptance(registered, uri, yardstick);
  return acceptance(registered, uri);
}

/**
 * Why a correct request was refused, where that is not its redirect URI; undefined where that may be the reason.
 *
 * @see RFC 6749 section 4.1.2.1
 */
export function refusedForElse({ registered, unregistered }: Yardstick): string | undefined {
  if (registered.kind !== 'refused' || registered.error === undefined) return undefined;
  const { error } = registered;
  if (/^(?:unsupported_response_(?:type|mode)|invalid_(?:scope|target|client))$/.test(error)) return error;
  // Some servers send this for a redirect URI, too.
  const isSame = unregistered.kind === 'refused' && unregistered.error === error;
  return error === 'unauthorized_client' && !isSame ? error : undefined;
}

const authority = /^([a-z][a-z0-9+.-]*:\/\/(?:\[[^\]]*\]|[^/:?#]*))(?::\d+)?/i;

/** The same URI with this port, and no other change. */
export function withPort(uri: string, port: number): string {
  return uri.replace(authority, `$1:${port}`);
}

/** The same URI with a port, where it has none. */
export function withSamplePort(uri: string): string {
  return new URL(uri).port === '' ? withPort(uri, samplePort) : uri;
}

/** The same URI with another host, and no other change. */
export function withHost(uri: string, host: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:\[[^\]]*\]|[^/:?#]*)/i, `$1${host}`);
}

/** The same URI with another path, made from its own; host, port and query stay as they are. */
export function withPath(uri: string, change: (path: string) => string): string {
  const [, start = '', path = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)((?:\/[^?#]*)?)((?:[?#].*)?)$/is.exec(uri) ?? [];
  return start + change(path) + rest;
}
