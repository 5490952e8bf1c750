// The demo authorization server in a process of its own; tells its parent how to get a token.
import { startOwnDemoServers } from '../../demo/demoServers.ts';

const { issuer, clients } = await startOwnDemoServers();
const { clientId, clientSecret: secret, scopes } = clients.machine;
process.send?.({ issuer, clientId, secret, scopes });
process.once('disconnect', () => process.exit());
