import assert from 'node:assert/strict';
import { it } from 'node:test';
import { settingNotes } from '../../../src/core/httpFile/toolSettings.ts';

it('settings of its own tool that the user set are said at the line of the request, those of other tools are not', () => {
  const set = new Set(['rest-client.defaultHeaders', 'rest-client.certificates', 'httpyac.cookieJarEnabled']);
  const said = (dialect: 'rest_client' | 'httpyac' | 'kulala') =>
    settingNotes(dialect, 4, (name) => set.has(name)).map(({ line, message }) => [line, message]);
  assert.deepEqual(said('rest_client'), [
    [4, 'The setting rest-client.defaultHeaders is not used.'],
    [4, 'The setting rest-client.certificates is not used.'],
  ]);
  assert.deepEqual(said('httpyac'), [[4, 'The setting httpyac.cookieJarEnabled is not used.']]);
  assert.deepEqual(said('kulala'), []);
});
