import { withoutQuery } from '../http/ends.ts';
import { plainText } from '../http/plainText.ts';
import { isSilent } from '../http/webPage.ts';
import type { McpContext } from './context.ts';
import { readChallenge, type Challenged } from './challenge.ts';
import { mediaType } from './document.ts';
import type { McpFinding } from './finding.ts';
import { initializeMessage, spokenVersion } from './jsonRpc.ts';
import { beginSession, sendMessage, type McpResponse } from './transport.ts';

/** How a server answers a client that has no token yet. */
export type FirstAnswer =
  /** 401, as a protected server must answer. */
  | { readonly kind: 'challenge'; readonly challenged: Challenged }
  /** It works without a token. */
  | { readonly kind: 'open' }
  /** It refuses in a way that tells no client where to sign in. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly challenged: Challenged;
    }
  /** It answers, but is not an MCP server with streamable HTTP; `older` when the previous transport works. */
  | {
      readonly kind: 'not_mcp';
      readonly status: number;
      readonly older: boolean;
    };

/** The response to a client's first request, and what is wrong with it. */
export interface FirstRequest {
  readonly answer: FirstAnswer;
  readonly findings: readonly McpFinding[];
}

const section = 'MCP authorization, RFC 9728 section 5.1';

/**
 * Sends every client's first message: `initialize`, without a token.
 *
 * @param version the extension's, with which it introduces itself
 * @throws FailureError of the transport
 */
export async function firstRequest(url: URL, version: string, context: McpContext): Promise<FirstRequest> {
  const sent = await sendMessage({ url: url.href }, initializeMessage(version), 1, context);
  const { response } = sent;
  const { status } = response;
  const challenged = readChallenge(response);
  if (status === 401)
    return { answer: { kind: 'challenge', challenged }, findings: challengeFindings(challenged) };
  if (status === 403 || (status === 400 && challenged.field !== undefined))
    return {
      answer: { kind: 'refused', status, challenged },
      findings: [isSilent(response) ? forbiddenBefore() : notA401(status)],
    };
  if (sent.answer.kind === 'result') return askForMore(url, sent, context);
  return notMcp(url, sent, context);
}

/** Asks for the list of tools as well, since some servers want a token only after `initialize`. */
async function askForMore(url: URL, said: McpResponse, context: McpContext): Promise<FirstRequest> {
  const { answer } = said;
  const spoken = spokenVersion(answer.kind === 'result' ? answer.result : {});
  const { listed } = await beginSession({ url: url.href }, said, spoken, context);
  if (listed.response.status !== 401) return { answer: { kind: 'open' }, findings: [] };
  const challenged = readChallenge(listed.response);
  return { answer: { kind: 'challenge', challenged }, findings: challengeFindings(challenged) };
}

async function notMcp(url: URL, { response }: McpResponse, context: McpContext): Promise<FirstRequest> {
  const { status } = response;
  if (status === 404 || status === 405) {
    const older = await olderTransport(url, context);
    if (older !== undefined) return older;
  }
  const location = response.headers.get('location');
  if (status >= 300 && status < 400 && location !== null)
    return {
      answer: { kind: 'not_mcp', status, older: false },
      findings: [redirected(url, status, location)],
    };
  const isPage = mediaType(response) === 'text/html';
  const what = isPage ? 'a web page' : 'no message of the protocol';
  return {
    answer: { kind: 'not_mcp', status, older: false },
    findings: [
      {
        code: isPage ? 'page_instead_of_401' : 'not_mcp',
        severity: 'error',
        message: `The first request was answered with status ${status} and ${what}.`,
        advice: isPage
          ? 'Answer requests without a token with 401 and a WWW-Authenticate field; a page to sign in helps no client. If this is not the address of the server, correct the URL.'
          : 'Check the URL: it must be the endpoint that takes the messages of the protocol.',
        source: section,
      },
    ],
  };
}

/** Tries the transport of 2024, which opens a stream with GET; clients still do. @see MCP transports, backwards compatibility */
async function olderTransport(url: URL, { fetch }: McpContext): Promise<FirstRequest | undefined> {
  const response = await fetch('api', 'api')(url.href, { headers: { accept: 'text/event-stream' } });
  const { status } = response;
  const challenged = readChallenge(response);
  const finding: McpFinding = {
    code: 'older_transport',
    severity: 'warning',
    message:
      'The server speaks the older transport (HTTP with server-sent events) and refuses the newer one.',
    advice: 'Offer streamable HTTP: clients are dropping the older transport.',
    source: 'MCP transports, backwards compatibility',
  };
  if (status === 401)
    return {
      answer: { kind: 'challenge', challenged },
      findings: [finding, ...challengeFindings(challenged)],
    };
  if (status === 200 && mediaType(response) === 'text/event-stream')
    return { answer: { kind: 'not_mcp', status, older: true }, findings: [finding] };
  return undefined;
}

/** A redirect: many frameworks redirect to the same path with a slash, or from http to https. */
function redirected(url: URL, status: number, location: string): McpFinding {
  const to = URL.canParse(location, url.href) ? new URL(location, url.href).href : location;
  return {
    code: 'redirected',
    severity: 'error',
    message: `The server redirects the first request (status ${status}) to ${plainText(withoutQuery(to), 300)}.`,
    advice:
      'Let users connect to that URL, or answer at this one: not every client follows, and none may take a token along to another server.',
    source: section,
  };
}

/** A firewall or gateway answered instead of the server. */
function forbiddenBefore(): McpFinding {
  return {
    code: 'forbidden_before',
    severity: 'error',
    message:
      'A web page forbids the first request (status 403), as a firewall or gateway before the server does: what the server itself answers was not seen.',
    advice: 'Have whoever runs the gateway let requests of programs through: clients are not browsers.',
    source: section,
    silent: true,
  };
}

function notA401(status: number): McpFinding {
  return {
    code: 'not_401',
    severity: 'error',
    message: `A request without a token was answered with status ${status}: clients begin to sign in only at 401.`,
    advice:
      'Answer requests without a valid token with 401 and a WWW-Authenticate field; 403 is for a token that lacks a scope.',
    source: 'RFC 6750 section 3.1, MCP authorization, error handling',
  };
}

function challengeFindings(challenged: Challenged): readonly McpFinding[] {
  const { field, bearer, others } = challenged;
  if (field === undefined)
    return [
      {
        source: section,
        code: 'challenge_missing',
        severity: 'warning',
        message: 'The 401 has no WWW-Authenticate field, so that clients must guess where the metadata is.',
        advice:
          'Add WWW-Authenticate: Bearer resource_metadata="…" with the address of the protected-resource document.',
      },
    ];
  if (bearer === undefined)
    return [
      {
        source: section,
        code: 'challenge_not_bearer',
        severity: 'error',
        message: `The 401 offers no Bearer token${others.length === 0 ? '' : `, only ${others.join(', ').slice(0, 100)}`}.`,
        advice: 'Let the challenge begin with Bearer.',
        compared: [{ label: 'WWW-Authenticate', value: field }],
      },
    ];
  if (bearer.resourceMetadata !== undefined) return [];
  return [
    {
      source: section,
      code: 'challenge_without_metadata',
      severity: 'note',
      message:
        'The challenge does not name the protected-resource document; clients look at its well-known addresses.',
      advice: 'Add resource_metadata="…" to the challenge.',
      compared: [{ label: 'WWW-Authenticate', value: field }],
    },
  ];
}
