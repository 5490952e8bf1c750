import { parseShallow } from '../http/jsonDepth.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import { withoutQuery } from '../http/ends.ts';
import { FailureError } from '../record/failure.ts';
import { plainText } from '../http/plainText.ts';
import { isSilent } from '../http/webPage.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { leadsHome, reachOf } from '../oauth/leadsHome.ts';
import type { McpContext } from './context.ts';
import { isObject } from '../../shared/json.ts';

/** The result of looking for a document. */
export type FoundDocument =
  | {
      readonly outcome: 'found';
      readonly members: Readonly<Record<string, unknown>>;
      /** Set when the media type was not JSON's. */
      readonly contentType?: string;
    }
  /** A plain 404: there is no document. */
  | { readonly outcome: 'absent'; readonly status: number }
  /** Something else came, or no request could be made; `reason` tells what, as a clause without a full stop. */
  | {
      readonly outcome: 'unusable';
      readonly reason: string;
      /** The response tells nothing about the server itself. */
      readonly silent?: true;
    };

/**
 * Fetches a JSON document that a server publishes about itself. Never follows a redirect; never asks this machine, or its
 * network, because a server elsewhere named it. Problems of the document are results, not thrown.
 *
 * @param from the server that named the document
 * @throws FailureError of kind `cancelled`
 */
export async function getDocument(url: string, from: URL, context: McpContext): Promise<FoundDocument> {
  const refused = hopProblem(from, url);
  if (refused !== undefined) return { outcome: 'unusable', reason: refused };
  try {
    const response = await context.fetch('discovery', 'discovery')(url, {
      headers: { accept: 'application/json' },
    });
    return await read(response);
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.kind === 'cancelled') throw thrown;
    const { kind, message } = thrown.failure;
    const reason = `it could not be had: ${message.replace(/\.$/, '')}`;
    // The reason for a missing response may be anywhere on the way.
    const silent = kind === 'network' || kind === 'timeout' ? ({ silent: true } as const) : {};
    return { outcome: 'unusable', reason, ...silent };
  }
}

async function read(response: Response): Promise<FoundDocument> {
  const { status } = response;
  if (status === 404 || status === 410) return { outcome: 'absent', status };
  if (status >= 300 && status < 400) {
    const location = plainText(withoutQuery(response.headers.get('location') ?? ''), 200);
    return { outcome: 'unusable', reason: `it redirects (status ${status}) to ${location}` };
  }
  if (status !== 200) {
    const silent = isSilent(response) ? ({ silent: true } as const) : {};
    return { outcome: 'unusable', reason: `the status is ${status}`, ...silent };
  }
  const text = await response.text();
  const type = mediaType(response);
  const members = parsed(text);
  if (members === undefined) return { outcome: 'unusable', reason: whatItIs(text, type) };
  return {
    outcome: 'found',
    members,
    ...(type !== 'application/json' && { contentType: type }),
  };
}

function whatItIs(text: string, type: string): string {
  if (/^\s{0,1000}</.test(text)) return 'a page came, not JSON';
  return type === 'application/json'
    ? 'it is not a JSON object'
    : `it is not a JSON object (${plainText(type, 80)})`;
}

/** The media type of a response in lower case, without parameters; empty when it names none. */
export function mediaType(response: Response): string {
  return mediaTypeOf(response.headers.get('content-type')) ?? '';
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseShallow(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Why `to` may not be asked because the server at `from` named it, as a clause; undefined when it may. */
export function hopProblem(from: URL, to: string): string | undefined {
  if (!URL.canParse(to)) return 'it is not a URL';
  const { protocol, hostname, username, password } = new URL(to);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname)))
    return 'it is not https, so nothing was sent there';
  if (username !== '' || password !== '') return 'it holds a user name or password';
  if (!leadsHome(from.href, to)) return undefined;
  if (reachOf(to) === 'loopback')
    return `it leads to this machine, and ${from.host} is another: nothing was sent there`;
  return `it leads into this network, and ${from.host} is outside: nothing was sent there`;
}

/** Marks a finding as one from responses that tell nothing about the server, if one of them is. */
export function silentOf(...found: readonly FoundDocument[]): { readonly silent?: true } {
  return found.some((one) => one.outcome === 'unusable' && one.silent === true) ? { silent: true } : {};
}
