/** The settings that an entry is in; `folder` is the URI of a folder of a multi-root workspace. */
export type ProfileSource =
  | { readonly scope: 'user' }
  | { readonly scope: 'workspace' }
  | { readonly scope: 'folder'; readonly folder: string };
