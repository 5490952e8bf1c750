import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { redactExchange } from '../../../src/core/http/redact.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { realSentences } from './realSentences.ts';

/** The ways in which a server says something. */
const ways: readonly (readonly [string, (text: string) => string])[] = [
  ['as the body', (text) => text],
  ['as a description', (text) => JSON.stringify({ error: 'invalid_grant', error_description: text })],
  ['in a list of messages', (text) => JSON.stringify({ errors: [{ code: 'E1', message: text }] })],
  ['in a line of a log', (text) => `2026-11-30T20:00:00Z WARN auth - ${text}`],
  ['on a page', (text) => `<html><body><p>${text.replace(/[<>]/g, '')}</p></body></html>`],
];

describe('what servers say of secrets without saying one stays as it is', () => {
  for (const [way, written] of ways)
    it(way, () => {
      for (const text of realSentences) assert.equal(redactBody(written(text), true), written(text));
    });

  it('in a status, a field and the message of an exchange', () => {
    for (const text of realSentences) {
      const exchange: Exchange = {
        ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: 0 },
        deviations: [{ code: 'x', message: text, source: 'x' }],
        request: { method: 'POST', url: 'https://a.example/token', headers: [] },
        response: { status: 400, statusText: text, headers: [['X-Error-Description', text]], body: text },
        error: { code: 'x', message: text },
      };
      assert.deepEqual(redactExchange(exchange), exchange);
    }
  });
});
