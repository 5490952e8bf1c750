// Imported first by tests whose lines are not counted: V8 need not look at what they run.
import { stopCoverage } from 'node:v8';

stopCoverage();
