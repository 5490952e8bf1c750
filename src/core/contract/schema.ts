import { checks } from '../checks/all.ts';
import { apiChecks } from '../checks/apiChecks.ts';
import { apiAreas, areas, type Area, type CheckWords } from '../checks/check.ts';
import { areaTitles } from '../checks/wording.ts';
import { tokenKinds } from './contract.ts';

/** The JSON schema of `oauth.checks.json`, by which editors complete and check it. @see JSON Schema draft-07 */
export function contractSchema(): object {
  const named = (all: readonly Area[], each: readonly CheckWords[]) => [
    ...all.map((area) => [area, `Every check of ${areaTitles[area]} that is not named itself.`] as const),
    ...each.map(({ id, title }) => [id, title] as const),
  ];
  const ofApi = named(apiAreas, apiChecks);
  const promise = { $ref: '#/definitions/promise' };
  const text = { type: 'string' };
  const object = (properties: object, more: object | false = false) => ({
    ...{ type: 'object', additionalProperties: more, properties },
  });
  const promised = (names: readonly (readonly [string, string])[]) => ({
    ...object(Object.fromEntries(names.map(([name, description]) => [name, { ...promise, description }]))),
    description: 'Verdicts that are promised, by check or by area.',
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'What is promised of authorization servers',
    anyOf: [{ required: ['profiles'] }, { required: ['servers'] }],
    definitions: {
      promise: {
        anyOf: [
          { const: 'pass' },
          {
            ...object({
              verdict: { enum: ['pass', 'weakness', 'fail'], description: 'The worst that is put up with.' },
              reason: { ...text, minLength: 1, description: 'Why less than a pass is put up with.' },
              until: {
                ...{ ...text, pattern: String.raw`^\d{4}-\d\d-\d\d$` },
                description: 'The last day of that, such as 2027-03-31.',
              },
            }),
            required: ['verdict'],
            if: { properties: { verdict: { enum: ['weakness', 'fail'] } } },
            then: { required: ['reason'] },
            defaultSnippets: [
              { label: 'exception', body: { verdict: '${1|weakness,fail|}', reason: '$2', until: '$3' } },
            ],
          },
        ],
      },
      server: object({ checks: promised(ofApi) }),
      profile: object({
        checks: promised([...named(areas, checks), ...ofApi]),
        register: { ...text, description: 'The redirect URI to register, character by character.' },
        lifetimes: {
          ...object(Object.fromEntries(tokenKinds.map((kind) => [kind, { type: 'integer', minimum: 1 }]))),
          description: 'The most seconds that tokens may live.',
        },
        scopes: {
          ...object({}, { type: 'array', minItems: 1, items: text }),
          description: 'Scopes, each with the claims that must be in a token where it was granted.',
        },
      }),
    },
    ...object({
      $schema: text,
      profiles: {
        ...object({}, { $ref: '#/definitions/profile' }),
        description: 'What is promised, by the id of a profile.',
      },
      servers: {
        ...object({}, { $ref: '#/definitions/server' }),
        description: 'What is promised of MCP servers that no profile stands for, by their URL.',
      },
    }),
  };
}
