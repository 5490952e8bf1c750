// The strict demo authorization server in a process of its own; tells its parent all that the checks need.
import { startDemoServers } from '../../demo/demoServers.ts';

const { issuer, clients } = await startDemoServers({ authorizationPort: 0, apiPort: 0 });
process.send?.({ issuer, clients });
process.once('disconnect', () => process.exit());
