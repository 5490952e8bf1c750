import type { FlowReport } from '../record/report.ts';
import type { Exchange } from '../record/exchange.ts';

/** Characters of all bodies of one kept run, so that fifty of them hold at most 20 MiB at two bytes a character. */
const mostCharacters = 160 * 1024;

/** A run as it is kept for the session: of bodies with more than `most` characters together, only the beginning of the longest ones. */
export function keptFlow(flow: FlowReport, most = mostCharacters): FlowReport {
  const lengths = flow.exchanges.flatMap(({ request, response }) => [
    request.body?.length ?? 0,
    response?.body.length ?? 0,
  ]);
  const limit = limitFor(lengths, most);
  if (limit === undefined) return flow;
  return { ...flow, exchanges: flow.exchanges.map((exchange) => shortened(exchange, limit)) };
}

/** The most one body may have so that all together have `most`; nothing when they have no more. */
function limitFor(lengths: readonly number[], most: number): number | undefined {
  let left = most;
  const ascending = [...lengths].sort((one, two) => one - two);
  for (const [at, length] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - at));
    if (length > share) return share;
    left -= length;
  }
  return undefined;
}

function shortened(exchange: Exchange, limit: number): Exchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    request: { ...request, ...cut(request.body, limit) },
    ...(response && { response: { ...response, ...cut(response.body, limit) } }),
  };
}

function cut(body: string | undefined, limit: number): { body: string; omitted: number } | undefined {
  if (body === undefined || body.length <= limit) return undefined;
  // A slice alone would hold on to the whole body.
  const start = Buffer.from(body.slice(0, limit), 'utf8').toString('utf8');
  return { body: start, omitted: body.length - start.length };
}
