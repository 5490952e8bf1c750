/** What core says in the words of the editor, and what it is called at a terminal. */
const words: readonly (readonly [inEditor: RegExp, here: string])[] = [
  [/raise the setting oauthExplorer\.requestTimeout/g, 'give it more time with --timeout'],
  [/behind a proxy check the setting http\.proxy/g, 'the program goes through no proxy by itself'],
  [/proxy \(setting http\.proxy\)/g, 'proxy (the program goes through none by itself)'],
  [/Behind a proxy set http\.proxy\./g, 'The program goes through no proxy by itself.'],
  [
    /Set http\.proxyAuthorization, or put user and password into http\.proxy\./g,
    'Run it where no proxy asks for a password.',
  ],
  [
    /(?:Enter the [\w ]{1,40} with|Set it again with) the command [“"]Set Client Secret[”"]/g,
    'Give it with --secret-env or --secret-stdin, or set it in VS Code',
  ],
  [/in the profile editor or in the settings/g, 'in the settings file'],
];

/** A sentence of core for somebody at a terminal, where there are no settings and commands of VS Code. */
export function terminalWords(text: string): string {
  return words.reduce((said, [inEditor, here]) => said.replace(inEditor, here), text);
}
