import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { combineFiles } from '../../../src/core/import/combineFiles.ts';
import { environmentSettings, withEnvironments } from '../../../src/core/import/environmentSettings.ts';
import { importText } from '../../../src/core/import/importText.ts';
import { parseEnvironments } from '../../../src/core/profile/environments.ts';

const settingsOf = (text: string, file?: string) =>
  environmentSettings(importText(text, undefined, file).environments ?? []);

describe('environments of other tools', () => {
  it('are ours, without what is or may be a secret', () => {
    const postman = JSON.stringify({
      id: '1',
      name: 'Staging',
      values: [
        { key: 'host', value: 'staging.example.com', type: 'default', enabled: true },
        { key: 'base', value: 'https://{{host}}/realms/{{realm}}', enabled: true },
        { key: 'issuer', value: 'https://{{host}}/realms/shop', enabled: true },
        { key: 'client_secret', value: 'never-here', enabled: true },
        { key: 'hidden', value: 'never-here-either', type: 'secret', enabled: true },
        { key: 'off', value: 'x', enabled: false },
        { key: 'empty', value: '', enabled: true },
      ],
      _postman_variable_scope: 'environment',
    });
    const settings = settingsOf(postman);
    assert.deepEqual(settings.environments, {
      Staging: { host: 'staging.example.com', issuer: 'https://staging.example.com/realms/shop' },
    });
    assert.doesNotMatch(JSON.stringify(settings), /never/);
    const bruno = settingsOf(
      'vars {\n  host: prod.example.com\n  access_token: never-here\n}\nvars:secret [\n  pass\n]\n',
      'Production.bru',
    );
    assert.deepEqual(Object.values(bruno.environments), [{ host: 'prod.example.com' }]);
    // What is written is what is read.
    const written = withEnvironments(undefined, settings);
    assert.deepEqual(parseEnvironments(written, { scope: 'user' }).problems, []);
  });

  it('come together out of a folder, and not out of variables of a collection', () => {
    const environment = (name: string) =>
      importText(`vars {\n  host: ${name}.example.com\n}\n`, undefined, `${name}.bru`);
    const folder = combineFiles(
      ['dev', 'prod'].map((name) => ({ file: `${name}.bru`, result: environment(name) })),
    );
    assert.deepEqual(environmentSettings(folder.environments ?? []).environments, {
      dev: { host: 'dev.example.com' },
      prod: { host: 'prod.example.com' },
    });
    const collection = {
      info: { name: 'Shop' },
      item: [],
      variable: [{ key: 'host', value: 'a.example.com' }],
    };
    assert.deepEqual(settingsOf(JSON.stringify(collection)).environments, {});
  });

  it('add to what is in the settings, and change no value that is there', () => {
    const imported = { environments: { DEV: { host: 'new', client: 'c' }, prod: { host: 'p' } } };
    assert.deepEqual(withEnvironments({ dev: { host: 'mine' }, other: {} }, imported), {
      dev: { host: 'mine', client: 'c' },
      other: {},
      prod: { host: 'p' },
    });
    assert.deepEqual(withEnvironments('broken', imported), imported.environments);
  });
});
