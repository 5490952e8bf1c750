/** What core says in the words of the editor, and what it is called at a terminal. */
const words: readonly (readonly [inEditor: RegExp, here: string])[] = [
  [/raise the setting oauthExplorer\.requestTimeout/g, 'give it more time with --timeout'],
  [/\boauthExplorer\.requestTimeout\b/g, '--timeout'],
  [/The setting oauthExplorer\.signInTimeout/g, '--sign-in-timeout'],
  [/behind a proxy check the setting http\.proxy/g, 'behind a proxy check HTTPS_PROXY and NO_PROXY'],
  [/proxy \(setting http\.proxy\)/g, 'proxy (HTTPS_PROXY, NO_PROXY)'],
  [/proxy, set http\.proxy with user and password/g, 'proxy, set HTTPS_PROXY with user and password'],
  [/Behind a proxy, set http\.proxy\./g, 'Behind a proxy, set HTTPS_PROXY.'],
  [
    /Set http\.proxyAuthorization, or put user and password into http\.proxy\./g,
    'Put user and password into HTTPS_PROXY: http://user:password@host:port.',
  ],
  [
    /(?:Enter the [\w ]{1,40} with|Set it again with) the command [“"]Set Client Secret[”"]/g,
    'Give it with --secret-env or --secret-stdin, or set it in VS Code',
  ],
  [/Copy the payload and decode it to see its claims\./g, 'It follows below.'],
  [/Select another one to see it\./g, 'Pass another one alone to see it.'],
  [/Select only the token\./g, 'Pass only the token.'],
  [/\bflow view\b/g, 'flow view in VS Code'],
  [/“Decode Token” shows/g, 'oauth-explorer decode shows'],
  [/in the profile editor or in the settings/g, 'in the settings file'],
];

/** A sentence of core for somebody at a terminal, where there are no settings and commands of VS Code. */
export function terminalWords(text: string): string {
  return words.reduce((said, [inEditor, here]) => said.replace(inEditor, here), text);
}
