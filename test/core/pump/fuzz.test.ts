import { it } from 'node:test';
import { fuzz } from './fuzz.ts';

// The short form of `npm run fuzz`, which tries a million.
it('no reader of foreign text throws at 20,000 generated texts', () => fuzz(20_000, 2026));
