import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import fc from 'fast-check';
import schemas from 'har-schema';
import { har } from '../../../src/core/flowView/export/har.ts';
import { mermaid } from '../../../src/core/flowView/export/markdown.ts';
import type { FlowStepView, LaneView } from '../../../src/shared/views/flowView.ts';
import { exchangeWith, places } from '../http/arbitraryExchange.ts';
import { exchange, exchanges } from './samples.ts';

// The schemas name formats and a keyword of their own, which ajv leaves to plug-ins; all else is checked.
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addMetaSchema(draft6);
for (const schema of Object.values(schemas)) ajv.addSchema(schema);
const validate = ajv.getSchema('har.json#');

function assertHar(value: unknown): void {
  assert.ok(validate);
  // As it is written into the file.
  assert.ok(validate(JSON.parse(JSON.stringify(value))), JSON.stringify(validate.errors));
}

describe('a HAR', () => {
  it('is one by the schema of HAR 1.2, whatever the exchanges were', () => {
    const request = { method: 'GET', url: 'no URL', headers: [] };
    const unanswered = exchange({ id: 1, purpose: 'token', leg: 'extension', request });
    const running = { ...unanswered };
    delete running.endedAt;
    const failed = { ...unanswered, error: { code: 'ECONNRESET', message: 'The connection was reset.' } };
    assertHar(har(exchanges, '1.2.3'));
    assertHar(har([], '1.2.3'));
    assertHar(har([running, failed], '1.2.3'));
    assertHar(
      har(
        places.map((place) => exchangeWith(place, 'code', 'a secret ✓')),
        '1.2.3',
      ),
    );
  });

  it('is none without one of the members it must have', () => {
    const { log } = har(exchanges, '1.2.3');
    for (const name of ['timings', 'cache', 'request', 'startedDateTime'] as const)
      assert.throws(() => {
        assertHar({ log: { ...log, entries: [{ ...log.entries[0], [name]: undefined }] } });
      }, name);
  });

  it('says what of a body was not kept', () => {
    const [, , , token] = exchanges;
    assert.ok(token?.response);
    const whole = har([token], '1').log.entries[0]?.response.content;
    const part = har([{ ...token, response: { ...token.response, omitted: 7 } }], '1').log.entries[0];
    assert.equal(whole?.comment, undefined);
    assert.equal(part?.response.content.comment, '7 characters more were not kept');
    assertHar(har([{ ...token, request: { ...token.request, omitted: 7 } }], '1'));
  });
});

describe('a mermaid diagram', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      'a;b',
      'a\nend',
      '%% x',
      '#9829;',
      'a: b',
      'A->>B: c',
      '<br/>',
      'participant x as y',
      '"',
    ),
  );

  it('has one line for each participant and arrow, and nothing in a name that would end it', () => {
    fc.assert(
      fc.property(text, text, text, (label, request, response) => {
        const lanes: LaneView[] = [
          { id: 'editor', label: 'OAuth Explorer', detail: '' },
          { id: 'api', label: 'API', detail: label },
        ];
        const step: FlowStepView = {
          ...{ id: 1, from: 'editor', to: 'api', title: '', offset: 0, outcome: 'ok', notes: [] },
          ...{ requestLabel: request, responseLabel: response, request: { line: '', groups: [] } },
        };
        const lines = mermaid({ lanes, steps: [step] }).split('\n');
        assert.equal(lines.length, 5);
        const [head = '', first = '', second = '', there = '', back = ''] = lines;
        assert.equal(head, 'sequenceDiagram');
        assert.equal(first, '  participant editor as OAuth Explorer');
        assert.match(second, /^ {2}participant api as API[^;#<>"\r\n]*$/);
        assert.match(there, /^ {2}editor->>api: [^;#<>"\r\n]*\S[^;#<>"\r\n]*$/);
        assert.match(back, /^ {2}api-->>editor: [^;#<>"\r\n]*\S[^;#<>"\r\n]*$/);
      }),
    );
  });
});
