import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoProfiles, demoRequests } from '../../src/demo/workspace.ts';
import type { DemoServers } from './demoServers.ts';

/** Writes the demo workspace: ready profiles, a request file against the demo API, and what to do with them. */
export async function writeDemoWorkspace(folder: string, demo: DemoServers): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const settings = { 'oauthExplorer.profiles': demoProfiles(demo) };
  await writeFile(join(folder, '.vscode', 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
  await writeFile(join(folder, 'orders.http'), demoRequests(demo));
  await writeFile(join(folder, 'README.md'), readme(demo));
}

function readme({ issuer, api, clients }: DemoServers): string {
  return `# OAuth Explorer demo

A demo authorization server runs at ${issuer} and a demo API at ${api}, both on this computer only, until you press
Ctrl+C in the terminal where you ran \`npm start\`. Four profiles are ready in the **OAuth** view of the activity bar.

| Profile | What it shows | Client secret, when asked for one |
|---|---|---|
| ${clients.machine.name} | client credentials | \`${clients.machine.clientSecret ?? ''}\` |
| ${clients.native.name} | authorization code + PKCE, any free loopback port | none: it is a public client |
| ${clients.web.name} | authorization code + PKCE with a secret, one exact redirect URI | \`${clients.web.clientSecret ?? ''}\` |
| ${clients.device.name} | device authorization: a code typed in a browser anywhere | none: it is a public client |

1. Open the **OAuth** view and press **Get Token** beside *${clients.machine.name}*. Paste its secret from the table: it
   goes into your operating system's keychain, never into a file.
2. Look at the token: its claims with their meanings, the scopes asked for, granted and present, and the signature check.
3. Open \`orders.http\` and press **Insert Bearer Token** over the first request.
4. Do the same with *${clients.native.name}*: your browser opens the sign-in page; any name will do.
`;
}
