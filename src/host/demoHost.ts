import * as vscode from 'vscode';
import type { DemoServers } from '../demo/demoServers.ts';

/** The demo servers of this window, loaded and started only when the user asks for them. */
export class DemoHost implements vscode.Disposable {
  #servers: Promise<DemoServers> | undefined;

  /** Starts them, or finds them running. */
  async start(): Promise<DemoServers> {
    this.#servers ??= import('../demo/demoServers.ts').then(({ startDemoServers }) => startDemoServers());
    try {
      const servers = await this.#servers;
      await setRunning(true);
      return servers;
    } catch (thrown) {
      this.#servers = undefined;
      throw thrown;
    }
  }

  async stop(): Promise<void> {
    const servers = await this.#servers;
    this.#servers = undefined;
    await servers?.close();
    await setRunning(false);
  }

  dispose(): void {
    void this.#servers?.then((servers) => servers.close());
  }
}

function setRunning(running: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', 'oauthExplorer.demoServerRunning', running);
}
