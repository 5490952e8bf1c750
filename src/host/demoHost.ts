import * as vscode from 'vscode';
import { abortable } from '../core/abortable.ts';
import { setContext } from './contextKeys.ts';
import type { DemoServers } from '../demo/demoServers.ts';

/** The demo servers of this window, loaded and started only when the user asks for them. */
export class DemoHost implements vscode.Disposable {
  #servers: Promise<DemoServers> | undefined;

  /**
   * Starts them, or returns the running ones.
   *
   * @returns undefined when `signal` was aborted before they ran; they are stopped then
   */
  async start(signal: AbortSignal): Promise<DemoServers | undefined> {
    const starting = (this.#servers ??= import('../demo/demoServers.ts').then(({ startDemoServers }) =>
      startDemoServers({
        // The page stands for a ringing phone: the user need not know its address.
        ring: (page) => void vscode.env.openExternal(vscode.Uri.parse(page, true)),
      }),
    ));
    try {
      const servers = await abortable(starting, signal);
      if (this.#servers !== starting) return undefined;
      await setRunning(true);
      return servers;
    } catch (thrown) {
      if (signal.aborted) {
        await this.stop();
        return undefined;
      }
      this.#servers = undefined;
      throw thrown;
    }
  }

  /** @returns the servers that were stopped */
  async stop(): Promise<DemoServers | undefined> {
    const stopping = this.#servers;
    this.#servers = undefined;
    const servers = await stopping;
    await servers?.close();
    await setRunning(false);
    return servers;
  }

  dispose(): void {
    void this.#servers?.then((servers) => servers.close());
  }
}

function setRunning(running: boolean): Thenable<unknown> {
  return setContext('demoServerRunning', running);
}
