import { onTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const idTokenForged: Fault = {
  id: 'id-token-forged',
  title: 'Issues id_tokens whose signature does not fit.',
  layer: onTokens(({ id_token: token }) => {
    if (typeof token !== 'string') return {};
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody else' })).toString('base64url');
    return { id_token: `${header}.${other}.${signature}` };
  }),
};
