// Imported first by tests that measure their own work: V8 need not count what they run.
import { stopCoverage } from 'node:v8';

stopCoverage();
