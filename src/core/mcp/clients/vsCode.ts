import type { McpClientFacts } from './client.ts';

const vscodeOauth = 'https://github.com/microsoft/vscode/blob/main/src/vs/base/common/oauth.ts';
/** The day on which the pages without a date of their own were read. */
const read = '2026-11-28';

export const vsCode: McpClientFacts = {
  name: 'VS Code',
  registers: {
    value: ['client_id_metadata_document', 'dynamic', 'pre_registered'],
    says: 'Uses its metadata document where the server supports that, else registers, else asks for a client ID.',
    source: vscodeOauth,
    date: read,
  },
  redirectUris: {
    value: ['https://vscode.dev/redirect', 'http://127.0.0.1:33418/', 'http://127.0.0.1/'],
    says: 'Registers these, and comes back to another port of 127.0.0.1 when 33418 is taken.',
    source: 'https://github.com/microsoft/vscode/issues/278512',
    date: read,
  },
  comparesResource: {
    value: 'parsed',
    says: 'Compares new URL(resource) with new URL(the server’s URL) and refuses the document when they differ.',
    source: vscodeOauth,
    date: read,
  },
  ignoresIssuer: {
    value: true,
    says: 'Uses the metadata that it finds without comparing its issuer.',
    source: vscodeOauth,
    date: read,
  },
};
