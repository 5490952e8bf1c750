import { goesThroughBrowser } from '../productLists.ts';
import type { Lack, Provider } from '../diagnose/provider.ts';

/** What there is to know of a provider with one grant before the first try: what it has not, and what its file advises. */
export function adviceFor({ lacks = [], advice }: Provider, grant: string): readonly string[] {
  return [
    ...lacks
      .filter((lack) => goesThroughBrowser(grant) || lack === 'introspection')
      .map((lack) => words[lack]),
    ...advice.filter(({ grants }) => grants?.some((one) => one === grant) ?? true).map(({ text }) => text),
  ];
}

const words: Readonly<Record<Lack, string>> = {
  public_clients: 'Every client has a secret here, with PKCE, too.',
  pkce_with_secret: 'PKCE is for clients without a secret here.',
  introspection: 'There is no introspection endpoint here: “Introspect Token” has nobody to ask.',
  browser_pages: 'The token endpoint answers no page in a browser (CORS): what works here fails there.',
};
