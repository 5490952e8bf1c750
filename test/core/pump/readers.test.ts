import { describe, it } from 'node:test';
import { parseContract } from '../../../src/core/contract/parseContract.ts';
import { readAnswer } from '../../../src/core/diagnose/readAnswer.ts';
import { redactExchange, redactUrl } from '../../../src/core/http/redact.ts';
import { replaceSecrets } from '../../../src/core/http/replaceSecrets.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { environmentsOf, readEnvironment, setEnvironment } from '../../../src/core/httpFile/environment.ts';
import { highlight } from '../../../src/core/httpFile/highlight.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { readSettings } from '../../../src/core/profile/readSettings.ts';
import { exchangeWith } from '../http/arbitraryExchange.ts';
import { assertLinear, shapes } from './linear.ts';

const base = exchangeWith('query', 'code', 'SplxlOBeZQQYbYS6WxSbIA');

function sendAll(text: string): void {
  const file = parseHttpFile(text);
  for (const block of file.blocks)
    for (const request of block.requests.slice(0, 1))
      if (request.kind === 'http') readRequest(text, block, request);
}

/** Everything that reads a text others wrote. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'a response is redacted': (body) =>
    redactExchange({ ...base, response: { status: 400, statusText: '', headers: [], body } }),
  'a header field is redacted': (value) =>
    redactExchange({
      ...base,
      response: {
        status: 400,
        statusText: '',
        headers: [
          ['location', value],
          ['set-cookie', value],
        ],
        body: '',
      },
    }),
  'a URL is redacted': redactUrl,
  'a secret of the same kind is looked for': (text) =>
    replaceSecrets(text, [text.slice(0, text.length >> 3)]),
  'a file is opened': (text) => highlight(text, parseHttpFile(text), 0, text.length),
  'a request is read': sendAll,
  'a Markdown document is opened': (text) => parseHttpFile(text, 'markdown'),
  'an environment file is read': (text) => [
    environmentsOf(text),
    readEnvironment(text, 'dev', 'a'),
    setEnvironment(text, ['dev'], 'a', 'b'),
  ],
  'an answer is explained': (text) => [
    readAnswer(text, { now: 0 }),
    readAnswer(`HTTP/1.1 400\n${text}`, { now: 0 }),
    readAnswer(`https://app.example.com/cb?error=${text}`, { now: 0 }),
  ],
  'a settings file is read': readSettings,
  'a contract is read': parseContract,
};

describe('what others wrote is read in linear time', () => {
  for (const [what, read] of Object.entries(readers))
    it(what, () => {
      for (const [name, shape] of shapes) assertLinear(`${what}: ${name}`, shape, read, 1 << 17);
    });
});
