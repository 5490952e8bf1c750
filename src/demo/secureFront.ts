import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';

/** The demo authorization server behind TLS: 1.2 and newer, and browsers are told to come by https only. */
export class SecureFront {
  readonly server: Server;
  readonly #names: { readonly cert: string; readonly key: string };

  /** @param names PEM texts of certificate and key */
  constructor(names: { readonly cert: string; readonly key: string }) {
    this.#names = names;
    this.server = createServer({ ...names, minVersion: 'TLSv1.2' });
  }

  /** Whether TLS 1.0 and 1.1 are spoken, too. */
  speakOld(on: boolean): void {
    const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    this.server.setSecureContext({ ...this.#names, ...(on ? old : { minVersion: 'TLSv1.2' }) });
  }

  /** Tells the strict server that TLS ends here. */
  mark(request: IncomingMessage, response: ServerResponse): void {
    request.headers['x-forwarded-proto'] = 'https';
    response.setHeader('strict-transport-security', 'max-age=31536000');
  }
}
