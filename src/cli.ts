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
/** As shells have it: 128 and the number of the signal. */
let interrupted = 130;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => {
    // Whoever presses it twice does not want to wait for anything to be tidied up.
    if (stop.signal.aborted) process.exit(interrupted);
    interrupted = code;
    stop.abort(new Error(signal));
  });
const terminal = terminalOf(process, { home: import.meta.dirname, version: VERSION }, stop.signal);
void main(process.argv.slice(2), terminal, [token, check, mcp, explain, decode]).then(async (code) => {
  await terminal.flush();
  // A keychain that hangs, or a connection that is kept open, must not keep the program.
  process.exit(code === 130 ? interrupted : code);
});
