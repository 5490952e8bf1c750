// Property tests get the same inputs each time, so that a red run is the doing of the change; `npm run fuzz` tries others.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
