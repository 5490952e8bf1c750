import type { Command } from '../command.ts';

/** Takes tokens apart; nothing is sent anywhere. */
export const decode: Command = {
  name: 'decode',
  summary: 'Take a token apart: header, claims, times, and what is wrong with it',
  details: [
    'Reads standard input, or a file: a bare token, an Authorization header, a token response, a redirect URL or a log in ' +
      'which a token stands. Nothing is sent anywhere, the signature is not checked, and the token itself is never printed.',
  ],
  options: [
    { name: 'file', value: 'file', help: 'read this file instead of standard input' },
    { name: 'json', help: 'print JSON' },
  ],
  examples: [
    'oauth-explorer decode < token.txt',
    'oauth-explorer token orders | oauth-explorer decode --json',
  ],
  run: async (args, terminal) => (await import('../decodeToken.ts')).decodeToken(args, terminal),
};
