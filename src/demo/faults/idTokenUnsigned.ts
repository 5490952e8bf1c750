import { onTokens } from './messages.ts';
import type { Fault } from './fault.ts';

export const idTokenUnsigned: Fault = {
  id: 'id-token-unsigned',
  title: 'Issues id_tokens without a signature.',
  layer: onTokens(({ id_token: token }) => {
    if (typeof token !== 'string') return {};
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    return { id_token: `${header}.${token.split('.')[1] ?? ''}.` };
  }),
};
