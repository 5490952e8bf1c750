import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorizeBearer, readBody, sendJson, type BearerRules } from './bearer.ts';

const needed: Readonly<Record<string, string>> = { GET: 'orders.read', POST: 'orders.write' };

/** The demo API: `GET /orders` wants the scope `orders.read`, `POST /orders` wants `orders.write`. @see RFC 6750 section 3 */
export class DemoApi {
  readonly orders: unknown[] = [
    { id: 1, item: 'Espresso', quantity: 2 },
    { id: 2, item: 'Croissant', quantity: 1 },
  ];

  /** Answers a request to the API; `rules` are its own. */
  async answer(request: IncomingMessage, response: ServerResponse, rules: BearerRules): Promise<void> {
    const scope = needed[request.method ?? ''];
    if ((request.url ?? '').split('?')[0] !== '/orders')
      sendJson(response, 404, { error: 'There are only /orders and /mcp.' });
    else if (scope === undefined) sendJson(response, 405, { error: 'GET or POST.' }, { Allow: 'GET, POST' });
    else await this.#serve(request, response, rules, scope);
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    rules: BearerRules,
    scope: string,
  ): Promise<void> {
    const claims = await authorizeBearer(request, response, rules, scope);
    if (claims === undefined) return;
    const { orders } = this;
    if (request.method === 'GET') {
      sendJson(response, 200, { orders });
      return;
    }
    const posted = JSON.parse(await readBody(request)) as object;
    const order = { id: orders.length + 1, ...posted, by: claims.sub };
    orders.push(order);
    sendJson(response, 201, order);
  }
}
