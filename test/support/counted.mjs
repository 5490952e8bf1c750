// Imported before tests whose lines are counted, and by what they start: V8 is asked which blocks ran. Without how often, as
// NODE_V8_COVERAGE has it, it makes what runs fast as ever. What it says is left in LINES_FOLDER.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

process.env.NODE_OPTIONS ??= `--import=${import.meta.url}`;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
process.on('exit', () => {
  session.post('Profiler.takePreciseCoverage', (error, found) => {
    if (error) throw new Error(error.message);
    writeFileSync(join(process.env.LINES_FOLDER, `${process.pid}.json`), JSON.stringify(found));
  });
});
