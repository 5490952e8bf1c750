import type { TlsIdentity } from './tlsIdentity.ts';

/** Has the connections to some URLs show a client certificate. */
export type Present = (identity: TlsIdentity, urls: readonly string[]) => void;

/** Which certificate a flow shows where: nowhere until told, and then at exactly these URLs, whatever their queries. */
export function presentedIdentity(): {
  readonly present: Present;
  readonly identityFor: (url: string) => TlsIdentity | undefined;
} {
  const shown = new Map<string, TlsIdentity>();
  return {
    present(identity, urls) {
      for (const url of urls) shown.set(placeOf(url), identity);
    },
    identityFor: (url) => shown.get(placeOf(url)),
  };
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
