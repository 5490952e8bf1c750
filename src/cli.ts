#!/usr/bin/env node
// The command line's composition root: the same core as the extension's, with another host.
import { check } from './cli/commands/check.ts';
import { decode } from './cli/commands/decode.ts';
import { explain } from './cli/commands/explain.ts';
import { mcp } from './cli/commands/mcp.ts';
import { token } from './cli/commands/token.ts';
import { main } from './cli/main.ts';
import { terminalOf } from './cli/terminal.ts';

/** The version of the package, put in by the build. */
declare const VERSION: string;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // Whoever presses it twice does not want to wait for anything to be tidied up.
    if (stop.signal.aborted) process.exit(130);
    stop.abort(new Error(signal));
  });
const terminal = terminalOf(process, { home: import.meta.dirname, version: VERSION }, stop.signal);
void main(process.argv.slice(2), terminal, [token, check, mcp, explain, decode]).then(async (code) => {
  await terminal.flush();
  // A keychain that hangs, or a connection that is kept open, must not keep the program.
  process.exit(code);
});
