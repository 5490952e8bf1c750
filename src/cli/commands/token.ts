import type { Command } from '../command.ts';
import { clientOptions, networkOptions, profileOptions, secretOptions, signInOptions } from '../options.ts';

/** Gets a token and prints it. */
export const token: Command = {
  name: 'token',
  summary: 'Get an access token for a profile, or for a client at an issuer, and print it',
  operand: { name: 'profile|issuer' },
  details: [
    'Runs the grant of the profile and prints the access token alone, or in the form you ask for. Progress goes ' +
      'to standard error. Nothing is stored. In GitHub Actions the token is masked in the log before it is printed.',
    'Given an issuer, it uses the one profile of that issuer, or a client described by --client-id and the options after it, which ' +
      'needs no settings.',
    'A profile whose grant needs somebody to sign in opens the browser, or shows a code to type, if there is a terminal. ' +
      'Cross-app access (id_jag) works in the editor only, which asks whether the other server may know who signed in.',
  ],
  options: [
    {
      name: 'format',
      value: 'form',
      choices: ['header', 'json', 'env'],
      help: 'a header field, JSON with type, scope and times, or NAME=value for a shell',
    },
    {
      name: 'variable',
      value: 'name',
      help: 'the variable of --format env (default: ACCESS_TOKEN)',
    },
    {
      name: 'proof-for',
      value: 'request',
      help: 'for a token that is bound to a key (DPoP): the method and URL of the one request to make a proof for',
    },
    {
      name: 'proof-nonce',
      value: 'nonce',
      help: 'with --proof-for: the value of the API’s DPoP-Nonce header',
    },
    {
      name: 'input-env',
      value: 'name',
      help: 'take what the grant starts from (a subject token, an assertion or its key, a refresh token, a token that names the user) from this environment variable',
    },
    {
      name: 'actor-env',
      value: 'name',
      help: 'with actorProfile or actorTokenType: take the token of who acts for the subject from this environment variable',
    },
    {
      name: 'user-code-env',
      value: 'name',
      help: 'with userCode: take the code of the user from this environment variable',
    },
    { name: 'client-id', value: 'id', help: 'with an issuer: a client without a profile' },
    ...clientOptions,
    ...profileOptions,
    ...secretOptions,
    ...signInOptions,
    ...networkOptions,
  ],
  examples: [
    'TOKEN=$(oauth-explorer token orders)',
    'curl -H "$(oauth-explorer token orders --format header)" https://api.example.com/orders',
    'eval "$(oauth-explorer token orders --format env --variable ORDERS_TOKEN)"',
    'oauth-explorer token https://as.example.com --client-id worker --grant client_credentials --scope orders.read',
    'vault read -field=secret kv/orders | oauth-explorer token orders --secret-stdin',
    'oauth-explorer token pay --format header --proof-for "GET https://api.example.com/pay" | curl -H @- https://api.example.com/pay',
  ],
  run: async (args, terminal) => (await import('../getToken.ts')).getToken(args, terminal),
};
