import type { McpClientFacts } from './client.ts';

const openaiDocs = 'https://developers.openai.com/apps-sdk/build/auth';
/** The day on which the pages without a date of their own were read. */
const read = '2026-11-28';

export const chatGpt: McpClientFacts = {
  name: 'ChatGPT',
  registers: {
    value: ['client_id_metadata_document', 'dynamic', 'pre_registered'],
    says: 'Supports metadata documents, dynamic registration and predefined clients.',
    source: openaiDocs,
    date: read,
  },
  redirectUris: {
    value: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    says: 'Sends this redirect URI; newer apps show one of their own when they are set up.',
    source: 'https://community.openai.com/t/oauth-missing-scopes-after-reconnect/1366784',
    date: read,
  },
  hosted: {
    value: true,
    says: 'Needs an https address that its servers reach.',
    source: openaiDocs,
    date: read,
  },
  wantsPkce: {
    value: 'advertised',
    says: 'Wants code_challenge_methods_supported in the metadata, with S256.',
    source: openaiDocs,
    date: read,
  },
};
