import type { Command } from '../command.ts';
import {
  networkOptions,
  profileOptions,
  redirectUriOption,
  secretOptions,
  signInOptions,
} from '../options.ts';

/** Runs the checks against a server. */
export const check: Command = {
  name: 'check',
  summary: 'Check redirect URI, PKCE, codes, client authentication and refresh tokens of a server',
  operand: { name: 'profile|issuer', several: true, orOption: 'all' },
  details: [
    'Takes the id of a profile, or an issuer: then the one profile of that issuer, or a public client that --client-id names. ' +
      'Each check sends what a correct server must refuse or must allow, and says what it saw. Only check servers that are ' +
      'yours, or that you may test.',
    'Several profiles are checked one after the other, with one report. The secret of each then comes from the keychain, or from ' +
      'the variable OAUTH_EXPLORER_SECRET_ with its id in capitals behind it, such as OAUTH_EXPLORER_SECRET_ORDERS.',
    'Checks that need a sign-in are left out if nobody is there, and reported as not determined. The result goes to ' +
      'standard output, progress to standard error.',
  ],
  options: [
    { name: 'all', help: 'check every profile' },
    {
      name: 'only',
      value: 'check',
      several: true,
      help: 'only this check, or all of this area, such as pkce',
    },
    {
      name: 'fail-on',
      value: 'verdict',
      choices: ['fail', 'weakness', 'not-determined'],
      help: 'exit with 1 from this verdict on (default: fail)',
    },
    { name: 'contract', help: 'hold the run to oauth.checks.json, which then decides' },
    {
      name: 'contract-file',
      value: 'file',
      help: 'hold it to this file; with --write-contract: write this file',
    },
    { name: 'write-contract', help: 'write what was found into oauth.checks.json' },
    { name: 'markdown', help: 'print the report as Markdown' },
    { name: 'json', help: 'print the report as JSON, with every exchange, redacted' },
    { name: 'sarif', value: 'file', help: 'write a report as SARIF, for code scanning' },
    { name: 'junit', value: 'file', help: 'write a report as JUnit XML, for a CI’s test results' },
    { name: 'client-id', value: 'id', help: 'with an issuer: a public client without a profile' },
    redirectUriOption,
    ...profileOptions,
    ...secretOptions,
    ...signInOptions,
    ...networkOptions,
  ],
  examples: [
    'oauth-explorer check orders',
    'oauth-explorer check orders --only pkce --only redirect.path-case --fail-on weakness',
    'oauth-explorer check orders --no-sign-in --sarif oauth.sarif --junit oauth.xml --markdown',
    'oauth-explorer check orders --write-contract',
    'oauth-explorer check orders --contract',
    'oauth-explorer check orders billing --junit oauth.xml',
    'oauth-explorer check --all --no-sign-in',
    'oauth-explorer check https://as.example.com --client-id orders-app',
  ],
  run: async (args, terminal) => (await import('../checkServer.ts')).checkServer(args, terminal),
};
