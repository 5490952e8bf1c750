import type { Written } from './shapes.ts';

/** What stands in a file many times, and is read with something else that does. */
export interface Pair {
  readonly name: string;
  readonly file?: string;
  /** Each is half of the text; only the second has an end. */
  readonly halves: readonly [Written, Written];
}

const pair = (
  name: string,
  first: readonly [string, string],
  second: readonly [string, string, string],
  file?: string,
): Pair => ({
  name,
  halves: [
    [name, ...first],
    [name, ...second],
  ],
  ...(file !== undefined && { file }),
});

const shared = ['{"$shared":{"v0":"x"', ',"v№":"x"'] as const;
const token = 'https://as.example.com/token';

/** Environments with what they share, registrations with the documents that change them, requests with the variables they name. */
export const importPairs: readonly Pair[] = [
  pair(
    'Insomnia’s environments and their base',
    [
      '{"_type":"export","__export_format":4,"resources":[{"_id":"b","_type":"environment","parentId":"w","data":{"v0":"x"',
      ',"v№":"x"',
    ],
    ['}}', ',{"_id":"e№","_type":"environment","parentId":"b","name":"n№","data":{"client_id":"x№"}}', ']}'],
  ),
  pair(
    'Insomnia’s later environments and their base',
    ['type: collection.insomnia.rest/5.0\nname: x\nenvironments:\n  name: base\n  data:\n', '    v№: x\n'],
    ['  subEnvironments:\n', '  - name: n№\n    data:\n      client_id: x№\n', ''],
  ),
  pair(
    'JetBrains’ environments and what they share',
    shared,
    ['}', ',"e№":{"client_id":"a№"}', '}'],
    'http-client.env.json',
  ),
  pair(
    'JetBrains’ sections and what they share',
    shared,
    ['}', `,"e№":{"Security":{"Auth":{"a":{"Type":"OAuth2","Token URL":"${token}","Client ID":"a№"}}}}`, '}'],
    'http-client.env.json',
  ),
  pair(
    'REST Client’s environments and what they share',
    ['{"rest-client.environmentVariables":{"$shared":{"v0":"x"', ',"v№":"x"'],
    ['}', `,"e№":{"client_id":"a№","token_url":"${token}"}`, '}}'],
  ),
  pair(
    'Spring’s registrations in documents of their own',
    ['---\nspring: {}\n', '---\nspring:\n  config:\n    activate:\n      on-profile: p№\n'],
    [
      '',
      '---\nspring:\n  security:\n    oauth2:\n      client:\n        registration:\n          r№:\n            client-id: a\n',
      '',
    ],
  ),
  pair(
    'Yaak’s requests and environments',
    [
      '{"yaakVersion":"2025","yaakSchema":4,"resources":{"environments":[{}',
      ',{"id":"e№","workspaceId":"w","name":"n№","variables":[{"name":"v№","value":"x"}]}',
    ],
    [
      '],"httpRequests":[{}',
      `,{"id":"r№","workspaceId":"w","authenticationType":"oauth2","authentication":{"clientId":"a№","accessTokenUrl":"${token}"}}`,
      ']}}',
    ],
  ),
  pair(
    'Bruno’s requests and environments',
    [
      '{"name":"c","version":"1","environments":[{}',
      ',{"name":"e№","variables":[{"name":"v№","value":"x","enabled":true}]}',
    ],
    [
      '],"items":[{}',
      `,{"type":"http","name":"r№","request":{"auth":{"mode":"oauth2","oauth2":{"accessTokenUrl":"${token}","clientId":"{{v№}}"}}}}`,
      ']}',
    ],
  ),
  pair(
    'OpenAPI’s schemes and servers',
    ['{"openapi":"3.0.0","servers":[{}', ',{"url":"https://a№.example"}'],
    [
      '],"components":{"securitySchemes":{"a":{}',
      ',"s№":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"/t","scopes":{"a":"b"}}}}',
      '}}}',
    ],
  ),
  pair(
    'OpenAPI’s flows, and what stands beside them',
    ['{"openapi":"3.0.0","components":{"securitySchemes":{"a":{"type":"oauth2"', ',"x-№":"y"'],
    [',"flows":{"x-a":{}', ',"f№":{"tokenUrl":"https://a№.example/t","scopes":{}}', '}}}}}'],
  ),
  pair(
    'clients with one secret, and one client with many',
    ['{"a":{}', `,"s№":{"client_id":"c№","client_secret":"same","token_url":"${token}"}`],
    ['', `,"t№":{"client_id":"same","client_secret":"s№","token_url":"${token}"}`, '}'],
  ),
  pair(
    'variables and those that name them',
    ['A=b\n', 'V№=x\n'],
    ['', 'A№_CLIENT_ID=${V№}\nA№_CLIENT_SECRET=b\n', ''],
  ),
];
