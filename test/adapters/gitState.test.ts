import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gitStateOf } from '../../src/adapters/gitState.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'git-state-')));
after(() => rmSync(root, { recursive: true }));
const git = () => Promise.resolve('git');
const posix = { skip: process.platform === 'win32' ? 'links and owners of POSIX' : false };

function repository(name: string, ignored = '/private.json\n'): string {
  const folder = join(root, name);
  mkdirSync(folder);
  execFileSync('git', ['init', '--quiet', folder]);
  writeFileSync(join(folder, '.gitignore'), ignored);
  writeFileSync(join(folder, 'tracked.json'), '{}');
  execFileSync('git', ['-C', folder, 'add', '-f', 'tracked.json']);
  return folder;
}

describe('what git does with a file that a token is written to', () => {
  it('is said for what is there and for what is not there yet', async () => {
    const folder = repository('plain');
    const state = (name: string) => gitStateOf(join(folder, name), git);
    assert.equal(await state('private.json'), 'ignored');
    assert.equal(await state('tracked.json'), 'tracked');
    assert.equal(await state('new.json'), 'unignored');
    mkdirSync(join(folder, 'deep', 'down'), { recursive: true });
    assert.equal(await state(join('deep', 'down', 'new.json')), 'unignored');
    mkdirSync(join(root, 'elsewhere'));
    assert.equal(await gitStateOf(join(root, 'elsewhere', 'a.json'), git), 'outside');
  });

  it('is asked of its own repository, whatever a hook that started this program left in its environment', async (t) => {
    const folder = repository('hooked');
    const other = repository('of the hook', '*\n');
    const left = {
      GIT_DIR: join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, '.git', 'index'),
    };
    t.after(() => Object.keys(left).forEach((name) => Reflect.deleteProperty(process.env, name)));
    Object.assign(process.env, left);
    assert.equal(await gitStateOf(join(folder, 'tracked.json'), git), 'tracked');
    assert.equal(await gitStateOf(join(folder, 'new.json'), git), 'unignored');
  });

  it('is asked about the file that a link leads to, whatever the link is called', posix, async () => {
    const folder = repository('links', '.env\nprivate.json\n');
    const link = (name: string, target: string) => symlinkSync(target, join(folder, name));
    link('.env', join(folder, 'tracked.json'));
    assert.equal(await gitStateOf(join(folder, '.env'), git), 'tracked');
    const other = repository('other');
    link('private.json', join(other, 'shared.json'));
    // To nothing yet: writing would make a file there.
    assert.equal(await gitStateOf(join(folder, 'private.json'), git), 'unknown');
    writeFileSync(join(other, 'shared.json'), '{}');
    assert.equal(await gitStateOf(join(folder, 'private.json'), git), 'unignored');
    link('sub', other);
    assert.equal(await gitStateOf(join(folder, 'sub', 'tracked.json'), git), 'tracked');
  });

  it('is unknown where the file has another name, which git may take', async () => {
    const folder = repository('hard links');
    linkSync(join(folder, 'tracked.json'), join(folder, 'private.json'));
    assert.equal(await gitStateOf(join(folder, 'private.json'), git), 'unknown');
    assert.equal(await gitStateOf(join(folder, 'tracked.json'), git), 'tracked');
    linkSync(join(folder, 'tracked.json'), join(root, 'outside.json'));
    assert.equal(await gitStateOf(join(root, 'outside.json'), git), 'unknown');
  });

  it('is unknown in a repository of Jujutsu, which has one of git inside', async () => {
    const folder = join(root, 'jujutsu');
    mkdirSync(join(folder, '.jj'), { recursive: true });
    mkdirSync(join(folder, 'deep'));
    assert.equal(await gitStateOf(join(folder, 'deep', '.env'), git), 'unknown');
    const both = repository('of both');
    mkdirSync(join(both, '.jj'));
    assert.equal(await gitStateOf(join(both, 'private.json'), git), 'ignored');
  });

  it('is unknown where another tool keeps versions, of what git ignores above it or beside it, too', async () => {
    for (const name of ['.hg', '.svn', '.fslckout', '_FOSSIL_', '.bzr', '.pijul', '.sl', 'CVS']) {
      const folder = join(root, `with ${name}`);
      mkdirSync(join(folder, name), { recursive: true });
      mkdirSync(join(folder, 'deep'));
      assert.equal(await gitStateOf(join(folder, 'deep', '.env'), git), 'unknown', name);
    }
    const around = repository('around', 'sub/\nprivate.json\n');
    for (const name of ['.hg', '.jj'])
      mkdirSync(join(around, 'sub', name.slice(1), name), { recursive: true });
    assert.equal(await gitStateOf(join(around, 'sub', 'hg', '.env'), git), 'unknown');
    assert.equal(await gitStateOf(join(around, 'sub', 'jj', '.env'), git), 'unknown');
    assert.equal(await gitStateOf(join(around, 'sub', '.env'), git), 'ignored');
    mkdirSync(join(around, '.svn'));
    assert.equal(await gitStateOf(join(around, 'private.json'), git), 'unknown');
    assert.equal(await gitStateOf(join(around, 'tracked.json'), git), 'tracked');
    assert.equal(await gitStateOf(join(around, 'new.json'), git), 'unignored');
  });

  it('is unknown where a repository of dotfiles lies elsewhere', async (t) => {
    const home = (name: string, path: string, ...settings: readonly string[]) => {
      const folder = join(root, name);
      execFileSync('git', ['init', '--quiet', '--bare', join(folder, path)]);
      if (settings.length > 0) execFileSync('git', ['-C', join(folder, path), 'config', ...settings]);
      mkdirSync(join(folder, 'app'));
      return join(folder, 'app', '.env');
    };
    for (const [name, path, ...settings] of [
      ['hidden', '.cfg'],
      ['alias', 'dotfiles', 'status.showUntrackedFiles', 'no'],
      ['named', 'dots.git', 'core.worktree', root],
      ['yadm', '.local/share/yadm/repo.git'],
      ['vcsh', '.config/vcsh/repo.d/zsh.git'],
    ] as const)
      assert.equal(await gitStateOf(home(name, path, ...settings), git), 'unknown', name);
    assert.equal(await gitStateOf(home('mirror', 'other.git'), git), 'outside');
    const file = join(root, 'elsewhere of all', '.env');
    mkdirSync(join(file, '..'));
    assert.equal(await gitStateOf(file, git), 'outside');
    t.after(() => Reflect.deleteProperty(process.env, 'GIT_DIR'));
    process.env['GIT_DIR'] = join(root, 'somewhere');
    assert.equal(await gitStateOf(file, git), 'unknown');
  });

  it('is unknown where a repository beside it has the files of a folder above for its own', async () => {
    const home = (name: string, worktree: string | undefined) => {
      const folder = join(root, name);
      mkdirSync(join(folder, 'app'), { recursive: true });
      execFileSync('git', ['init', '--quiet', join(folder, '.dotfiles')]);
      if (worktree !== undefined)
        execFileSync('git', [
          'config',
          '-f',
          join(folder, '.dotfiles', '.git', 'config'),
          'core.worktree',
          worktree,
        ]);
      return join(folder, 'app', '.env');
    };
    const app = join(root, 'whole', 'app');
    for (const [name, worktree, state] of [
      ['absolute', join(root, 'absolute'), 'unknown'],
      ['relative', '../..', 'unknown'],
      ['whole', app, 'unknown'],
      ['odd', '~', 'unknown'],
      ['its own', '../', 'outside'],
      ['another', join(root, 'another', 'application'), 'outside'],
      ['usual', undefined, 'outside'],
    ] as const)
      assert.equal(await gitStateOf(home(name, worktree), git), state, name);
    // Git itself takes the file there.
    const dotfiles = join(root, 'absolute', '.dotfiles');
    writeFileSync(join(root, 'absolute', 'app', '.env'), '');
    execFileSync('git', ['-C', dotfiles, 'add', join(root, 'absolute', 'app', '.env')]);
    assert.match(
      execFileSync('git', ['-C', dotfiles, 'ls-files', '--full-name', ':/']).toString(),
      /app\/\.env/,
    );
  });

  it('is unknown in a folder that git takes for a repository of its own, which says that it ignores everything', async () => {
    const folder = repository('in disguise');
    const disguised = join(folder, 'api');
    for (const name of ['objects', 'refs', 'info', 'requests'])
      mkdirSync(join(disguised, name), { recursive: true });
    writeFileSync(join(disguised, 'HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(disguised, 'config'), '[core]\n\trepositoryformatversion = 0\n\tworktree = ..\n');
    writeFileSync(join(disguised, 'info', 'exclude'), '*\n');
    for (const name of ['.env', 'requests/.env']) {
      const file = join(disguised, name);
      assert.equal(await gitStateOf(file, git), 'unknown', name);
      writeFileSync(file, 'TOKEN=\n');
      const taken = execFileSync('git', ['-C', folder, 'add', '--dry-run', '.'], { encoding: 'utf8' });
      assert.ok(taken.includes(`'api/${name}'`), taken);
    }
  });

  it('is unknown where more folders lie beside it than are looked into', async () => {
    const folder = join(root, 'many');
    mkdirSync(folder);
    for (let at = 0; at < 2000; at++) mkdirSync(join(folder, `${at}`));
    assert.equal(await gitStateOf(join(folder, '.env'), git), 'outside');
    mkdirSync(join(folder, 'one more'));
    assert.equal(await gitStateOf(join(folder, '.env'), git), 'unknown');
    assert.equal(await gitStateOf(join(folder, '1', '.env'), git), 'unknown');
  });

  it('is unknown, never ignored, where git cannot tell', posix, async () => {
    const folder = repository('broken');
    const file = join(folder, 'private.json');
    assert.equal(await gitStateOf(file, () => Promise.resolve('git-that-is-not-there')), 'unknown');
    const failing = join(root, 'failing-git');
    writeFileSync(failing, '#!/bin/sh\nexit 128\n');
    chmodSync(failing, 0o755);
    assert.equal(await gitStateOf(file, () => Promise.resolve(failing)), 'unknown');
    writeFileSync(join(folder, '.git', 'HEAD'), 'nonsense');
    assert.equal(await gitStateOf(file, git), 'unknown');
  });

  it(
    'is unknown in a repository of another owner',
    { skip: process.getuid?.() !== 0 ? 'only root can make one' : false },
    async () => {
      const folder = repository('foreign');
      for (const path of [folder, join(folder, '.git')]) chownSync(path, 12345, 12345);
      assert.equal(await gitStateOf(join(folder, 'private.json'), git), 'unknown');
    },
  );

  it('is found out without running what the repository names', posix, async () => {
    const folder = repository('hostile');
    const proof = join(root, 'was-run');
    const script = join(folder, 'run.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${proof}'\n`);
    chmodSync(script, 0o755);
    execFileSync('git', ['-C', folder, 'config', 'core.fsmonitor', script]);
    execFileSync('git', ['-C', folder, 'config', 'core.hooksPath', folder]);
    assert.equal(await gitStateOf(join(folder, 'new.json'), git), 'unignored');
    assert.equal(existsSync(proof), false);
  });

  it(
    'is found out without fetching what is missing, for which the repository says what to run',
    posix,
    async () => {
      const folder = repository('partial');
      const proof = join(root, 'was-fetched');
      const script = join(root, 'upload-pack.sh');
      writeFileSync(script, `#!/bin/sh\ntouch '${proof}'\n`);
      chmodSync(script, 0o755);
      const inside = (...parameters: readonly string[]) =>
        execFileSync(
          'git',
          ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@a.example', ...parameters],
          {
            stdio: ['ignore', 'pipe', 'ignore'],
          },
        )
          .toString()
          .trim();
      for (const path of ['in', 'out']) {
        mkdirSync(join(folder, path));
        writeFileSync(join(folder, path, 'file'), path);
      }
      inside('add', '.');
      inside('commit', '--quiet', '-m', 'x');
      // The index names a folder's tree, which whoever made the repository took away.
      inside('sparse-checkout', 'init', '--cone', '--sparse-index');
      inside('sparse-checkout', 'set', 'in');
      const tree = inside('rev-parse', 'HEAD:out');
      rmSync(join(folder, '.git', 'objects', tree.slice(0, 2), tree.slice(2)));
      for (const [name, value] of [
        ['core.repositoryformatversion', '1'],
        ['extensions.partialClone', 'origin'],
        ['remote.origin.url', folder],
        ['remote.origin.promisor', 'true'],
        ['remote.origin.uploadpack', script],
      ] as const)
        inside('config', name, value);
      await gitStateOf(join(folder, 'in', 'new.json'), git);
      assert.equal(existsSync(proof), false);
    },
  );
});
