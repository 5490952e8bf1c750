/** What looks like a reader of foreign text (see `fuzz.test.ts`), and is given none of `readers`: `<file in src/core> <function>`, by the reason. */
export const notForeign: Readonly<Record<string, readonly string[]>> = {
  'its text is what parseProfile let through, or was asked of a person: an address, an id': [
    'vault/vaultKeys.ts isIndexKey',
  ],
  "it is a wait, and its reading is a library's or Node's: bad inputs have tests of their own": [
    'authentication/anyPrivateKey.ts readAnyPrivateKey',
    'authentication/clientCertificate.ts readClientCertificate',
    'authentication/pfx.ts readPfx',
    'import/importText.ts importLongText',
  ],
  'its text is a name of our own: the member of the metadata that a rule asks for': [
    'diagnose/quickFix.ts editMember',
  ],
  'it takes what one of the list gave back': ['token/json.ts textOf'],
};
