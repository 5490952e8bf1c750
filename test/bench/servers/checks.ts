// The strict demo authorization server in a process of its own; tells its parent all that the checks need.
import { startOwnDemoServers } from '../../demo/demoServers.ts';

const { issuer, clients } = await startOwnDemoServers();
process.send?.({ issuer, clients });
process.once('disconnect', () => process.exit());
