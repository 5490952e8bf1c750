import assert from 'node:assert/strict';
import { Ajv, type SchemaObject } from 'ajv';

const text = { type: 'string', minLength: 1 } as const;
const utc = { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$` } as const;
const uri = { type: 'string', pattern: '^https://' } as const;

/** An object that has nothing beyond these properties, as every object of the SARIF schema. */
function closed(properties: Readonly<Record<string, unknown>>, required: readonly string[]): SchemaObject {
  return { type: 'object', additionalProperties: false, properties, required };
}

function listOf(items: SchemaObject): SchemaObject {
  return { type: 'array', items };
}

const message = closed({ text }, ['text']);

const rule = closed(
  {
    ...{ id: text, name: text, helpUri: uri },
    ...{ shortDescription: message, fullDescription: message, help: message },
    properties: { type: 'object', properties: { tags: { ...listOf(text), uniqueItems: true } } },
  },
  ['id'],
);

const result = closed(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message,
    locations: listOf(
      closed(
        {
          physicalLocation: closed(
            {
              artifactLocation: closed({ uri: { type: 'string', pattern: '^[^ \\\\]+$' } }, ['uri']),
              region: closed({ startLine: { type: 'integer', minimum: 1 } }, ['startLine']),
            },
            ['artifactLocation'],
          ),
          logicalLocations: listOf(closed({ name: text, fullyQualifiedName: text, kind: text }, [])),
        },
        ['logicalLocations'],
      ),
    ),
    partialFingerprints: { type: 'object', additionalProperties: text },
  },
  ['message', 'ruleId'],
);

const invocation = closed({ executionSuccessful: { type: 'boolean' }, startTimeUtc: utc, endTimeUtc: utc }, [
  'executionSuccessful',
]);

const driver = closed(
  {
    name: text,
    semanticVersion: { type: 'string', pattern: String.raw`^\d+(\.\d+)*` },
    rules: { ...listOf(rule), uniqueItems: true },
  },
  ['name'],
);

const run = closed(
  {
    tool: closed({ driver }, ['driver']),
    automationDetails: closed({ id: text }, []),
    invocations: listOf(invocation),
    // Section 3.14.23: there whenever something was looked at.
    results: listOf(result),
  },
  ['tool', 'results'],
);

/**
 * The part of the SARIF 2.1.0 schema that our reports use, rewritten from it: required properties, value sets, and no
 * property that it does not have. (The whole schema is in no package we have.)
 */
const schema: SchemaObject = closed(
  { $schema: { type: 'string' }, version: { const: '2.1.0' }, runs: listOf(run) },
  ['version', 'runs'],
);

const valid = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** Fails unless `log` is well-formed SARIF 2.1.0. @see SARIF 2.1.0 section 3 */
export function assertSarif(log: unknown): void {
  assert.ok(valid(log), JSON.stringify(valid.errors, undefined, 2));
}
