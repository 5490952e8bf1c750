// A token endpoint that answers at once, in a process of its own; tells its parent how to get a token.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const token = JSON.stringify({
  access_token: 'x'.repeat(800),
  token_type: 'Bearer',
  expires_in: 3600,
  scope: 'a b',
});
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    const metadata = JSON.stringify({ issuer: issuer(), token_endpoint: `${issuer()}/token` });
    response.end(request.method === 'POST' ? token : metadata);
  });
});

function issuer(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

server.listen(0, '127.0.0.1', () => {
  process.send?.({ issuer: issuer(), clientId: 'client', secret: 's3cret', scopes: ['a', 'b'] });
});
process.once('disconnect', () => process.exit());
