import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

export interface DemoApiOptions {
  readonly issuer: string;
  /** The API's own URL, which a token must name as its audience. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

const needed: Readonly<Record<string, string>> = { GET: 'orders.read', POST: 'orders.write' };
const largestBody = 64 * 1024;

/** The demo API: `GET /orders` wants the scope `orders.read`, `POST /orders` wants `orders.write`. @see RFC 6750 section 3 */
export function demoApi(options: () => DemoApiOptions): Server {
  const orders: unknown[] = [
    { id: 1, item: 'Espresso', quantity: 2 },
    { id: 2, item: 'Croissant', quantity: 1 },
  ];
  return createServer((request, response) => {
    answer(request, response, options(), orders).catch(() =>
      send(response, 400, { error: 'Not JSON, or too large.' }),
    );
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: DemoApiOptions,
  orders: unknown[],
): Promise<void> {
  const scope = needed[request.method ?? ''];
  if ((request.url ?? '').split('?')[0] !== '/orders')
    send(response, 404, { error: 'There is only /orders.' });
  else if (scope === undefined) send(response, 405, { error: 'GET or POST.' }, { Allow: 'GET, POST' });
  else await serve(request, response, options, scope, orders);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: DemoApiOptions,
  scope: string,
  orders: unknown[],
): Promise<void> {
  const claims = await authorize(request, response, options, scope);
  if (claims === undefined) return;
  if (request.method === 'GET') {
    send(response, 200, { orders });
    return;
  }
  const order = { id: orders.length + 1, ...(JSON.parse(await readBody(request)) as object), by: claims.sub };
  orders.push(order);
  send(response, 201, order);
}

/** The token's claims, or nothing when the request was answered with a refusal. */
async function authorize(
  request: IncomingMessage,
  response: ServerResponse,
  { issuer, audience, keys }: DemoApiOptions,
  scope: string,
): Promise<JWTPayload | undefined> {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    refuse(response, 401, {}, 'A bearer token is needed.');
    return undefined;
  }
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      typ: 'at+jwt',
      algorithms: ['RS256', 'ES256'],
    });
    if (String(payload['scope']).split(' ').includes(scope)) return payload;
    refuse(response, 403, { error: 'insufficient_scope', scope }, `The token lacks the scope ${scope}.`);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/["\\]/g, "'") : 'unusable';
    refuse(response, 401, { error: 'invalid_token', error_description: why }, why);
  }
  return undefined;
}

function refuse(
  response: ServerResponse,
  status: number,
  parameters: Record<string, string>,
  error: string,
): void {
  const challenge = Object.entries({ realm: 'orders', ...parameters }).map(
    ([name, value]) => `${name}="${value}"`,
  );
  send(response, status, { error }, { 'WWW-Authenticate': `Bearer ${challenge.join(', ')}` });
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > largestBody) throw new RangeError('The body is too large.');
  }
  return text;
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
