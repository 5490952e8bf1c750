import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openerOf } from '../../src/cli/browser.ts';

it('Windows opens addresses with its own program, whatever the working folder has of that name', () => {
  assert.deepEqual(openerOf('win32', { SystemRoot: 'D:\\Win' }), [
    'D:\\Win\\System32\\rundll32.exe',
    'url.dll,FileProtocolHandler',
  ]);
  assert.equal(openerOf('win32', {})[0], 'C:\\Windows\\System32\\rundll32.exe');
  assert.deepEqual(openerOf('darwin', {}), ['open']);
  for (const platform of ['linux', 'freebsd']) assert.deepEqual(openerOf(platform, {}), ['xdg-open']);
});
