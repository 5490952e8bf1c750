import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { close } from '../../../src/demo/listen.ts';

/** An MCP server that takes only tokens that its own token endpoint gave to a machine. */
export interface FedMcpServer {
  readonly issuer: string;
  readonly url: string;
  readonly secret: string;
  /** The tokens with which `tools/list` was answered, each once, in the order of their first time. */
  readonly served: readonly string[];
  /** Lets tokens that are given from now on live for so many seconds. */
  live: (seconds: number) => void;
  /** Whether the text holds one of the tokens that were given. */
  isIn: (text: string) => boolean;
  readonly close: () => Promise<void>;
}

/**
 * Starts it on loopback: the SDK's server and transport behind a token check, and client credentials.
 *
 * @param lives seconds that each token lives
 */
export async function startFedMcpServer(lives: number): Promise<FedMcpServer> {
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secret = randomBytes(18).toString('base64url');
  const ends = new Map<string, number>();
  const served: string[] = [];
  let seconds = lives;
  app.use(express.json(), express.urlencoded({ extended: false }));
  app.post('/token', (request, response) => {
    const given = Buffer.from((request.headers.authorization ?? '').slice('Basic '.length), 'base64');
    if (given.toString() !== `machine:${secret}`) {
      response.status(401).json({ error: 'invalid_client' });
      return;
    }
    const token = randomBytes(24).toString('base64url');
    ends.set(token, Date.now() + seconds * 1000);
    response.json({ access_token: token, token_type: 'Bearer', expires_in: seconds });
  });
  app.post('/mcp', async (request, response) => {
    const token = (request.headers.authorization ?? '').slice('Bearer '.length);
    if ((ends.get(token) ?? 0) < Date.now()) {
      response.status(401).set('www-authenticate', 'Bearer error="invalid_token"').end();
      return;
    }
    const { method } = request.body as { readonly method?: string };
    if (method === 'tools/list' && !served.includes(token)) served.push(token);
    const mcp = new McpServer({ name: 'fed', version: '1.0.0' });
    mcp.registerTool('next_tide', { description: 'When the tide turns' }, () => ({
      content: [{ type: 'text', text: 'at noon' }],
    }));
    const transport = new StreamableHTTPServerTransport({});
    await mcp.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  return {
    ...{ issuer, url: `${issuer}/mcp`, secret, served },
    live: (wanted) => void (seconds = wanted),
    isIn: (text) => [...ends.keys()].some((token) => text.includes(token)),
    close: () => close(server),
  };
}
