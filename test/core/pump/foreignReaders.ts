import { bodyView } from '../../../src/core/api/bodyView.ts';
import { capturedAnswer } from '../../../src/core/diagnose/capturedAnswer.ts';
import { inEnglish } from '../../../src/core/diagnose/foreignWords.ts';
import { readAnswer } from '../../../src/core/diagnose/readAnswer.ts';
import { parseWwwAuthenticate } from '../../../src/core/diagnose/wwwAuthenticate.ts';
import { readDotenv } from '../../../src/core/dotenv.ts';
import { plainText } from '../../../src/core/http/plainText.ts';
import { redactExchange, redactUrl } from '../../../src/core/http/redact.ts';
import { replaceSecrets } from '../../../src/core/http/replaceSecrets.ts';
import { isSendable } from '../../../src/core/httpFile/request.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import {
  environmentsOf,
  environmentsWith,
  readEnvironment,
  setEnvironment,
} from '../../../src/core/httpFile/environment.ts';
import { highlight } from '../../../src/core/httpFile/highlight.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { importText } from '../../../src/core/import/importText.ts';
import { findLeaks, jwtAt } from '../../../src/core/leaks/findLeaks.ts';
import { rpcAnswer } from '../../../src/core/mcp/jsonRpc.ts';
import { judge, judgePasted } from '../../../src/core/oauth/loopback/judge.ts';
import { namesTwice } from '../../../src/core/http/namesTwice.ts';
import { responseBody } from '../../../src/core/http/responseBody.ts';
import { parseProfiles } from '../../../src/core/profile/parseProfiles.ts';
import { readSettings } from '../../../src/core/profile/readSettings.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { tokenView } from '../../../src/core/token/tokenView.ts';
import { parseKeptRegistration } from '../../../src/core/operations/registrationRequest.ts';
import { parseBindings } from '../../../src/core/vault/secretBinding.ts';
import { parseTokens } from '../../../src/core/vault/storedTokens.ts';
import { isSecretHeader, isSecretName } from '../../../src/core/secretNames.ts';
import { exchangeWith } from '../http/arbitraryExchange.ts';
import { moreReaders, orRefused } from './moreReaders.ts';

const base = exchangeWith('query', 'code', 'SplxlOBeZQQYbYS6WxSbIA');
const expected = { port: 51234, path: '/callback', state: 'af0ifjsldkj', formPost: true };

function sendAll(text: string): void {
  const file = parseHttpFile(text);
  for (const block of file.blocks)
    for (const request of block.requests.slice(0, 1))
      if (isSendable(request))
        for (const dialect of ['rest_client', 'kulala'] as const)
          readRequest(text, block, request, { dialect });
}

/** Everything that reads a text others wrote. None of it throws. `allReaders.test.ts` finds what is missing here. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'a response is redacted': (body) =>
    redactExchange({ ...base, response: { status: 400, statusText: '', headers: [], body } }),
  'a header field is redacted': (value) =>
    redactExchange({
      ...base,
      response: {
        ...{ status: 400, statusText: '', body: '' },
        headers: [
          ['location', value],
          ['set-cookie', value],
        ],
      },
    }),
  'a URL is redacted': redactUrl,
  'a secret of the same kind is looked for': (text) =>
    replaceSecrets(text, [text.slice(0, text.length >> 3)]),
  'a name is asked whether it is secret': (text) => [isSecretName(text), isSecretHeader(text)],
  'a file is opened': (text) => highlight(text, parseHttpFile(text), 0, text.length),
  'a request is read': sendAll,
  'a file is looked at for secrets': findLeaks,
  'a line is looked at for the token under the cursor': (text) => jwtAt(text, text.length >> 1),
  'a Markdown document is opened': (text) => parseHttpFile(text, 'markdown'),
  'an environment file is read': (text) => [
    environmentsWith(text, 'a'),
    readEnvironment(text, 'dev', 'a'),
    setEnvironment(text, environmentsOf(text) ?? ['dev'], 'a', 'b'),
    setEnvironment('', text.split(','), 'a', 'b'),
    readDotenv(text),
  ],
  'an answer is explained': (text) => [
    readAnswer(text, { now: 0 }),
    capturedAnswer(text),
    capturedAnswer(`< HTTP/1.1 400\n${text}`),
    capturedAnswer(`GET / HTTP/1.1\n${text}`),
    capturedAnswer(`{"log":{"entries":[${text}]}}`),
    readAnswer(`HTTP/1.1 400\n${text}`, { now: 0 }),
    readAnswer(`https://app.example.com/cb?error=${text}`, { now: 0 }),
  ],
  'words of another language are read': inEnglish,
  'a challenge is read': parseWwwAuthenticate,
  'a settings file is read': readSettings,
  'a profile is read': (text) =>
    parseProfiles([{ id: text, issuer: text, redirectUri: text, scopes: [text], name: text }], {
      scope: 'user',
    }),
  'a file or the clipboard is imported': (text) => importText(text),
  'an .http file is imported': (text) => importText(`${text}grant_type`, undefined, 'a.http'),
  'a token response is read': orRefused((text) => [
    namesTwice(text),
    namesTwice(`{${text}`),
    responseBody(text, 'application/json'),
  ]),
  'the answer of an API is shown': (text) => [bodyView(text, 'application/json'), bodyView(text, '')],
  'an MCP server’s answer is read': orRefused((text) => [
    rpcAnswer(text, 'application/json', 1),
    rpcAnswer(text, 'text/event-stream', 1),
  ]),
  'a token is decoded': (text) =>
    tokenView(readTokens({ kind: 'text', text, from: 'clipboard' }), { now: 0, signatures: {} }),
  'a redirect is judged': (text) => [
    judge({ method: 'GET', target: `/callback?${text}`, host: '127.0.0.1:51234' }, expected),
    judge({ method: text, target: text, host: text, contentType: text, body: text }, expected),
    judgePasted(text, 'http://127.0.0.1:51234/callback', expected),
  ],
  'what lies in the keychain is read': (text) => [
    parseTokens(text, 'x'),
    parseBindings(text),
    parseKeptRegistration(text),
  ],
  'a text is shown': (text) => plainText(text),
  ...moreReaders,
};
