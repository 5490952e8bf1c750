import type { Browser } from '../../../../src/core/ports.ts';

/** A person at the browser: gets the authorization URL our start page leads to, and then does as the test says. */
export class User implements Browser {
  readonly #act: (authorizationUrl: string, startUrl: string) => Promise<void>;
  /** Settles when the person is done, with what went wrong in the test. */
  done: Promise<void> = Promise.resolve();

  constructor(act: (authorizationUrl: string, startUrl: string) => Promise<void>) {
    this.#act = act;
  }

  open(startUrl: string): Promise<boolean> {
    this.done = fetch(startUrl, { redirect: 'manual' }).then((start) =>
      this.#act(start.headers.get('location') ?? '', startUrl),
    );
    return Promise.resolve(true);
  }
}

/** The redirect URI and the state in an authorization URL. */
export function callbackOf(authorizationUrl: string): { redirectUri: string; state: string } {
  const { searchParams } = new URL(authorizationUrl);
  return {
    redirectUri: searchParams.get('redirect_uri') ?? '',
    state: searchParams.get('state') ?? '',
  };
}
