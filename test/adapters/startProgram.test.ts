import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startOf, type Machine } from '../../src/adapters/startProgram.ts';

const az = String.raw`C:\Program Files\Azure\CLI2\wbin\az.cmd`;
const files = new Set([
  az,
  // The same folder has the program for other shells, which Windows does not start.
  az.slice(0, -4),
  String.raw`C:\tools\kubectl.exe`,
  String.raw`C:\tools\spire.bat`,
  String.raw`C:\tools\both.cmd`,
  String.raw`C:\tools\both.exe`,
  String.raw`C:\100%\odd.cmd`,
  String.raw`relative\hidden.cmd`,
]);
const windows: Machine = {
  platform: 'win32',
  env: {
    PATH: String.raw`relative;C:\Windows;"C:\Program Files\Azure\CLI2\wbin";C:\tools;C:\100%`,
    SystemRoot: String.raw`C:\Windows`,
  },
  isFile: (path) => files.has(path),
};
const start = (...words: readonly string[]) => startOf(words, windows);

describe('a program', () => {
  it('is started as it is named, without a shell, where that is not Windows', () =>
    assert.deepEqual(startOf(['az.cmd', '%PATH%', '"'], { ...windows, platform: 'linux' }), {
      file: 'az.cmd',
      parameters: ['%PATH%', '"'],
    }));

  it('that Windows starts by itself gets its arguments as they are', () => {
    const file = String.raw`C:\tools\kubectl.exe`;
    for (const name of ['kubectl', 'kubectl.exe', file])
      assert.deepEqual(start(name, 'a & b', '%X%'), { file, parameters: ['a & b', '%X%'] });
    assert.deepEqual(start('both'), { file: String.raw`C:\tools\both.exe`, parameters: [] });
  });

  it('that is a batch file goes through the shell of Windows, each argument in quotes', () => {
    const parameters = [
      'account',
      'get-access-token',
      '--resource',
      'api://AzureADTokenExchange',
      '',
      'C:\\x y\\',
    ];
    const line = String.raw`""${az}" "account" "get-access-token" "--resource" "api://AzureADTokenExchange" "" "C:\x y\\""`;
    for (const name of ['az', 'az.cmd', 'AZ.CMD', az]) {
      const started = startOf([name, ...parameters], {
        ...windows,
        isFile: (path) => files.has(path) || path.toLowerCase() === az.toLowerCase(),
      });
      assert.ok('file' in started && started.verbatim === true, name);
      assert.match(started.file, /^C:\\Windows.System32.cmd\.exe$/);
      assert.deepEqual(started.parameters.slice(0, -1), ['/d', '/s', '/v:off', '/c']);
      assert.equal(started.parameters.at(-1)?.toLowerCase(), line.toLowerCase());
    }
    const spire = start('spire');
    assert.equal('file' in spire && spire.parameters.at(-1), String.raw`""C:\tools\spire.bat""`);
  });

  it('that is a batch file gets no argument that its shell would read', () => {
    for (const sign of ['"', '%', '!', '^', '&', '|', '<', '>', '\n', '\r', '\0']) {
      const refused = start('az', `a${sign}b`);
      assert.ok('problem' in refused, JSON.stringify(sign));
      assert.match(refused.problem, /^Windows runs az through its command shell/);
      assert.ok(sign < ' ' || refused.problem.includes(sign));
    }
    assert.ok('problem' in start('odd'));
  });

  it('is looked for in the complete folders of PATH alone', () => {
    for (const name of ['hidden', 'hidden.cmd', 'none', 'az.sh'])
      assert.deepEqual(start(name, 'x'), { file: name, parameters: ['x'] });
    assert.deepEqual(startOf(['az'], { ...windows, env: {} }), { file: 'az', parameters: [] });
  });
});
