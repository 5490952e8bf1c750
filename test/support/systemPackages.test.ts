import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { removeFolder, temporaryFolder } from './folders.ts';

const script = `
import { ensureSystemPackages } from ${JSON.stringify(new URL('./systemPackages.mjs', import.meta.url).href)};
const [platform, user] = process.argv.slice(1);
Object.defineProperty(process, 'platform', { value: platform });
process.getuid = () => Number(user);
ensureSystemPackages();
`;

describe('what the tests need from the operating system', () => {
  let empty: string;
  let withAptGet: string;
  before(async () => {
    empty = await temporaryFolder('path');
    withAptGet = await temporaryFolder('path');
    const aptGet = join(withAptGet, 'apt-get');
    writeFileSync(aptGet, '#!/bin/sh\necho "ran: $*"\n');
    chmodSync(aptGet, 0o755);
  });
  after(() => Promise.all([empty, withAptGet].map(removeFolder)));

  /** Runs the check in a process of its own, with nothing but `PATH` to find programs by. */
  function check(PATH: string, user: number, platform = 'linux') {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script, platform, String(user)],
      { env: { PATH }, encoding: 'utf8', timeout: 300_000 },
    );
    return { status, stdout, error: /^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr };
  }

  const packages = /chromium, dbus, gnome-keyring, (libsecret-1-0, )?libsecret-tools/;
  const command =
    /sudo apt-get install --yes --no-install-recommends chromium dbus gnome-keyring (libsecret-1-0 )?libsecret-tools$/;

  it('without apt-get is named, with the command for Debian, and the run fails', () => {
    const { status, stdout, error } = check(empty, 0);
    assert.equal(status, 1);
    assert.match(error, packages);
    assert.match(error, command);
    assert.equal(stdout, '');
  });

  it('without being root is named with the exact command, nothing is installed, and the run fails', () => {
    const { status, stdout, error } = check(withAptGet, 1000);
    assert.equal(status, 1);
    assert.match(error, packages);
    assert.match(error, command);
    assert.equal(stdout, '');
  });

  it('is installed by apt-get for root', () => {
    const { status, stdout, error } = check(withAptGet, 0);
    assert.deepEqual([status, error], [0, '']);
    assert.match(stdout, /^ran: update --quiet=2$/m);
    assert.match(
      stdout,
      /^ran: --quiet=2 install --yes --no-install-recommends chromium dbus gnome-keyring (libsecret-1-0 )?libsecret-tools$/m,
    );
  });

  it('is the headless shell where apt has it', () => {
    const aptCache = join(withAptGet, 'apt-cache');
    writeFileSync(aptCache, '#!/bin/sh\n[ "$*" = "show chromium-headless-shell" ]\n', { mode: 0o755 });
    const { stdout } = check(withAptGet, 0);
    assert.match(
      stdout,
      /^ran: --quiet=2 install --yes --no-install-recommends chromium-headless-shell dbus gnome-keyring/m,
    );
  });

  it('is a Chrome elsewhere, which cannot be installed from here', () => {
    const { status, error } = check(empty, 0, 'aix');
    assert.equal(status, 1);
    assert.match(error, /install Google Chrome, or set CHROMIUM_PATH/);
  });
});
