/** Stores a text under `profile.<key>`, and returns the schema's reference to it. */
export type Say = (key: string, text: string) => string;

/** The snippets that the settings editor offers for a new entry. */
export function profileSnippets(say: Say): readonly Readonly<Record<string, unknown>>[] {
  return [
    {
      label: say('snippet.machine', 'Client credentials'),
      description: say('snippet.machine.description', 'A client that gets a token for itself.'),
      body: {
        id: '${1:orders-service}',
        name: '${2:Orders service}',
        grant: 'client_credentials',
        issuer: '${3:https://login.example.com}',
        clientId: '${4:client-id}',
        scopes: ['${5:orders.read}'],
      },
    },
    {
      label: say('snippet.user', 'Authorization code + PKCE'),
      description: say('snippet.user.description', 'A public client that signs a user in.'),
      body: {
        id: '${1:orders-app}',
        name: '${2:Orders app}',
        grant: 'authorization_code',
        issuer: '${3:https://login.example.com}',
        clientId: '${4:client-id}',
        scopes: ['openid', '${5:orders.read}'],
        redirectUri: 'http://127.0.0.1/callback',
      },
    },
    {
      label: say('snippet.endpoints', 'Client credentials without discovery'),
      description: say('snippet.endpoints.description', 'A token endpoint typed by hand.'),
      body: {
        id: '${1:orders-service}',
        name: '${2:Orders service}',
        grant: 'client_credentials',
        tokenEndpoint: '${3:https://login.example.com/oauth2/token}',
        clientId: '${4:client-id}',
        clientAuthentication: '${5|client_secret_post,client_secret_basic|}',
        scopes: [],
      },
    },
  ];
}
