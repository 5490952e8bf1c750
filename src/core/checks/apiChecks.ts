import type { ApiBench } from './apiBench.ts';
import type { Check } from './check.ts';
import { answers401, challenge } from './mcp/answer.ts';
import { authorizationServers, copies, document, offlineAccess, resource } from './mcp/document.ts';
import { refusesPlainHttp, registersLoopback } from './mcp/registration.ts';
import { issAdvertised, issuerEqual, pkceAdvertised, serverMetadata } from './mcp/server.ts';
import { audience } from './resource/audience.ts';
import { badTokens } from './resource/badTokens.ts';
import { goodToken } from './resource/goodToken.ts';
import { noToken } from './resource/noToken.ts';
import { scope } from './resource/scope.ts';

/** How an MCP server leads its clients to a token; none of these checks needs one. */
const mcpChecks: readonly Check<ApiBench>[] = [
  answers401,
  challenge,
  document,
  resource,
  authorizationServers,
  copies,
  offlineAccess,
  serverMetadata,
  issuerEqual,
  pkceAdvertised,
  issAdvertised,
  registersLoopback,
  refusesPlainHttp,
];

/** How any API validates tokens. */
const resourceChecks: readonly Check<ApiBench>[] = [noToken, goodToken, audience, ...badTokens, scope];

/** Every check of an API, in the order in which they run; adding one is one file and one line. */
export const apiChecks: readonly Check<ApiBench>[] = [...mcpChecks, ...resourceChecks];
