import type { Command } from '../command.ts';
import { profileOptions } from '../options.ts';

/** Explains an answer of a server. */
export const explain: Command = {
  name: 'explain',
  summary: 'Explain what a server answered: what it means, why it happens, what to change',
  details: [
    'Reads standard input, or a file: a whole HTTP response (curl -i), a recording (curl -v, an HTTP Archive: its last failure), ' +
      'the body of a token endpoint’s answer, the address of a redirect with an error in it, or the WWW-Authenticate of an API. ' +
      'Nothing is sent anywhere.',
    'With --profile, it also looks for causes in the profile. Secrets and tokens in the answer are not printed.',
  ],
  options: [
    { name: 'file', value: 'file', help: 'read this file instead of standard input' },
    { name: 'profile', value: 'id', help: 'the profile whose request was answered' },
    {
      name: 'from',
      value: 'place',
      choices: ['token', 'redirect', 'api'],
      help: 'who answered, if the text does not show it',
    },
    { name: 'status', value: 'code', help: 'the HTTP status, if the text is only a body' },
    { name: 'json', help: 'print JSON instead of Markdown' },
    ...profileOptions,
  ],
  examples: [
    'oauth-explorer explain < answer.txt',
    'curl -si https://as.example.com/token -d grant_type=x | oauth-explorer explain --profile orders',
  ],
  run: async (args, terminal) => (await import('../explainAnswer.ts')).explainAnswer(args, terminal),
};
