import { canonicalResource } from './serverUrl.ts';

/** How the `resource` in a document compares with the URL that a client connects to. */
export interface ResourceComparison {
  /** The document's value, cut if it is long. */
  readonly documented: string;
  /** The server's URL, as the user has it. */
  readonly connected: string;
  /** Equal, character by character. */
  readonly exact: boolean;
  /** Equal except for a slash at the end. */
  readonly canonical: boolean;
  /** Equal after both were parsed by `URL`, which adds a slash to a bare host: how some clients compare. */
  readonly parsed: boolean;
  /** The document's value is the server's URL or a parent of it on the same origin, which some clients accept. */
  readonly covers: boolean;
}

/**
 * Compares as the standard requires, and as known clients do.
 *
 * @see RFC 9728 section 3.3: the value must be identical to the resource's identifier
 */
export function compareResource(documented: string, connected: URL): ResourceComparison {
  const parsed = URL.canParse(documented) ? new URL(documented) : undefined;
  return {
    documented: documented.slice(0, 2048),
    connected: connected.href,
    exact: documented === connected.href || documented === canonicalResource(connected),
    canonical: parsed !== undefined && canonicalResource(parsed) === canonicalResource(connected),
    parsed: parsed?.href === connected.href,
    covers: parsed !== undefined && covers(parsed, connected),
  };
}

/** Whether `parent` is `child`, or above it on the same origin, by whole path segments. */
function covers(parent: URL, child: URL): boolean {
  if (parent.origin !== child.origin) return false;
  const above = parent.pathname.replace(/\/$/, '');
  return child.pathname === above || child.pathname.startsWith(`${above}/`);
}
