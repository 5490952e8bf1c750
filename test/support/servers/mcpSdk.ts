import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DemoInMemoryAuthProvider } from '@modelcontextprotocol/sdk/examples/server/demoInMemoryOAuthProvider.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type RequestHandler } from 'express';
import { close } from '../../../src/demo/listen.ts';

/** What makes the server other than the protocol wants. */
export interface McpServerFaults {
  /** Its document speaks of another resource. */
  readonly resource?: string;
  /** Its 401 has no challenge. */
  readonly noChallenge?: boolean;
  /** Clients cannot register themselves. */
  readonly noRegistration?: boolean;
  /** Another server's URL, which stands behind this one's token check in place of the one with one tool. */
  readonly behind?: string;
}

/** A running MCP server with its authorization server, both the SDK's own. */
export interface RunningMcpServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * The protocol's own SDK on loopback: its authorization router with its in-memory provider (which signs everybody in), its bearer
 * check, its streamable HTTP transport and one tool.
 */
export async function startMcpSdkServer(faults: McpServerFaults = {}): Promise<RunningMcpServer> {
  const app = express();
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = new URL('/mcp', origin);
  const provider = new DemoInMemoryAuthProvider();
  if (faults.noRegistration === true) Object.assign(provider.clientsStore, { registerClient: undefined });
  app.use(express.json());
  if (faults.resource !== undefined)
    app.get('/.well-known/oauth-protected-resource/mcp', (_request, response) => {
      response.json({ resource: faults.resource, authorization_servers: [`${origin}/`] });
    });
  if (faults.noChallenge === true)
    app.post('/mcp', (request, response, next) => {
      if (request.headers.authorization === undefined) response.status(401).end();
      else next();
    });
  app.use(
    mcpAuthRouter({
      provider,
      issuerUrl: new URL(origin),
      resourceServerUrl: url,
      scopesSupported: ['mcp:tools'],
    }),
  );
  const bearer = requireBearerAuth({
    verifier: provider,
    requiredScopes: ['mcp:tools'],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
  });
  const { behind } = faults;
  if (behind !== undefined) app.all('/mcp', bearer, leadTo(behind));
  app.post('/mcp', bearer, async (request, response) => {
    const mcp = new McpServer({ name: 'weather', version: '1.2.0' });
    mcp.registerTool('forecast', { description: 'The weather of tomorrow' }, () => ({
      content: [{ type: 'text', text: 'rain' }],
    }));
    const transport = new StreamableHTTPServerTransport({});
    await mcp.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  return { url: url.href, close: () => close(server) };
}

/** Hands requests on without their token, and what is answered back as it comes. */
function leadTo(url: string): RequestHandler {
  return async (request, response) => {
    const given = ['accept', 'content-type', 'mcp-session-id', 'mcp-protocol-version'];
    const headers = given.flatMap((name): [string, string][] => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    const body = request.method === 'POST' ? { body: JSON.stringify(request.body) } : {};
    const answer = await fetch(url, { method: request.method, headers, ...body });
    response.status(answer.status);
    for (const name of ['content-type', 'mcp-session-id']) {
      const value = answer.headers.get(name);
      if (value !== null) response.set(name, value);
    }
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  };
}
