import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readAll, readBounded } from '../../src/adapters/boundedFile.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'bounded-')));
const workspace = join(root, 'workspace');
mkdirSync(join(workspace, 'sub'), { recursive: true });
const place = (name: string, text: string) => {
  writeFileSync(join(root, name), text);
  return join(root, name);
};
const link = (name: string, target: string) => {
  symlinkSync(target, join(root, name));
  return join(root, name);
};
after(() => rmSync(root, { recursive: true }));
const posix = { skip: process.platform === 'win32' ? 'no such files on Windows' : false };

describe('a file that others may have put there', () => {
  it('is read to its end, to the last byte that is allowed', async () => {
    const file = place('workspace/a', 'x'.repeat(600_000));
    const read = await readBounded(file, 600_000);
    assert.equal(read.kind === 'read' && read.bytes.toString(), 'x'.repeat(600_000));
    assert.deepEqual(await readBounded(file, 599_999), { kind: 'too_large' });
    assert.deepEqual(await readBounded(place('workspace/empty', ''), 0), {
      kind: 'read',
      bytes: Buffer.alloc(0),
    });
    assert.deepEqual(await readBounded(join(workspace, 'none'), 10), { kind: 'missing' });
    assert.deepEqual(await readBounded(workspace, 10), { kind: 'no_file' });
  });

  it('has an end, whatever its size says', posix, async () => {
    const pipe = join(workspace, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const endless of ['/dev/zero', '/dev/random', pipe, link('workspace/zero', '/dev/zero')])
      assert.deepEqual(await readBounded(endless, 1000), { kind: 'no_file' }, endless);
    if (process.platform === 'linux') {
      // Of size 0, and yet not empty.
      const version = await readBounded('/proc/version', 10_000);
      assert.ok(version.kind === 'read' && version.bytes.length > 0);
      assert.deepEqual(await readBounded('/proc/version', 5), { kind: 'too_large' });
    }
  });

  it('may be one that this user may not read', posix, async () => {
    const [file, folder] = [place('locked', 'secret'), join(root, 'closed')];
    mkdirSync(folder);
    writeFileSync(join(folder, 'a'), 'secret');
    for (const one of [file, folder]) chmodSync(one, 0);
    chmodSync(root, 0o755);
    // Root reads everything: for this while it is somebody else.
    const own = process.geteuid?.();
    if (own === 0) process.seteuid?.(65_534);
    try {
      for (const one of [file, join(folder, 'a')]) {
        assert.throws(() => readFileSync(one), { code: 'EACCES' });
        assert.deepEqual(await readBounded(one, 100), { kind: 'missing' });
        assert.deepEqual(await readBounded(one, 100, [root]), { kind: 'missing' });
      }
    } finally {
      if (own === 0) process.seteuid?.(0);
      chmodSync(folder, 0o700);
    }
  });

  it('lies within the folders, whatever links say', posix, async () => {
    const key = place('id_rsa', 'PRIVATE');
    const inside = place('workspace/sub/body.json', '{}');
    const within = [workspace];
    assert.equal((await readBounded(inside, 100, within)).kind, 'read');
    assert.equal((await readBounded(link('workspace/alias', inside), 100, within)).kind, 'read');
    for (const path of [
      key,
      link('workspace/key', key),
      link('workspace/again', join(workspace, 'key')),
      join(link('workspace/up', root), 'id_rsa'),
      join(workspace, '..', 'id_rsa'),
      place('workspace-of-another', 'x'),
    ])
      assert.deepEqual(await readBounded(path, 100, within), { kind: 'outside' }, path);
    // A workspace that is itself reached by a link.
    const opened = link('opened', workspace);
    assert.equal((await readBounded(join(opened, 'sub', 'body.json'), 100, [opened])).kind, 'read');
    assert.deepEqual(await readBounded(inside, 100, []), { kind: 'outside' });
    assert.deepEqual(await readBounded(link('workspace/nothing', join(root, 'none')), 100, within), {
      kind: 'missing',
    });
  });

  it('is read again when it changes while it is read; when it goes on changing, that is said', async () => {
    const file = place('workspace/.env', 'A=1\nB=');
    const replacing = () => renameSync(place('workspace/.new', 'A=3\nB=4'), file);
    for (const change of [() => appendFileSync(file, '2\n'), replacing]) {
      for (const times of [1, 2]) {
        let count = 0;
        const read: typeof readAll = async (handle, most) => {
          const found = await readAll(handle, most);
          if (count++ < times) change();
          return found;
        };
        const found = await readBounded(file, 1000, undefined, read);
        if (times === 2) assert.deepEqual(found, { kind: 'changing' });
        else assert.equal(found.kind === 'read' && found.bytes.toString(), readFileSync(file, 'utf8'));
        assert.equal(count, 2);
      }
    }
  });
});
