// No test of files that are brought together starts before the last of them is loaded: one that waits while it loads would else
// see what a test of another has put into a list of the product's for itself.
import { before } from 'node:test';

export let loaded;
const all = new Promise((resolve) => (loaded = resolve));
before(() => all);
