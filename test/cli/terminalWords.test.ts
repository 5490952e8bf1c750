import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { terminalWords } from '../../src/cli/terminalWords.ts';
import { networkFailure } from '../../src/core/http/networkFailure.ts';

const attempt = {
  ...{ url: new URL('https://as.example.com/token'), step: 'token' as const, timeout: 1000, exchange: 1 },
  ...{ cancelled: false, timedOut: false },
} as const;

describe('what is said at a terminal', () => {
  it('names options of the program, and nothing of the editor', () => {
    const late = networkFailure(undefined, { ...attempt, timedOut: true });
    assert.match(terminalWords(late.advice), /give it more time with --timeout\.$/);
    const code = (name: string) => Object.assign(new Error('fetch failed'), { cause: { code: name } });
    for (const name of ['ENOTFOUND', 'ECONNRESET'])
      assert.doesNotMatch(
        terminalWords(networkFailure(code(name), attempt).advice),
        /\bsetting\b|http\.proxy/,
      );
    for (const noun of ['client secret', 'private key'])
      assert.equal(
        terminalWords(`Enter the ${noun} with the command "Set Client Secret".`),
        'Give it with --secret-env or --secret-stdin, or set it in VS Code.',
      );
  });

  it('says where a view is that no terminal has', () => {
    assert.equal(
      terminalWords('Check the endpoint; the flow view shows the whole answer.'),
      'Check the endpoint; the flow view in VS Code shows the whole answer.',
    );
    assert.equal(
      terminalWords('“Decode Token” shows what is in it.'),
      'oauth-explorer decode shows what is in it.',
    );
  });

  it('leaves no sentence about a failure that names a setting of VS Code', async () => {
    const root = join(import.meta.dirname, '..', '..', 'src', 'core');
    let seen = 0;
    for (const folder of ['http', 'diagnose/rules', 'oauth', 'authentication'])
      for (const name of await readdir(join(root, folder)))
        if (name.endsWith('.ts')) {
          const source = await readFile(join(root, folder, name), 'utf8');
          for (const [text] of source.matchAll(
            /(['`])(?:(?!\1)[^\n])*\b(?:http\.proxy|oauthExplorer\.\w+Timeout)(?:(?!\1)[^\n])*\1/g,
          )) {
            if (!text.includes(' ')) continue;
            seen++;
            assert.doesNotMatch(
              terminalWords(text),
              /\b(?:http\.proxy|oauthExplorer\.)/,
              `${folder}/${name}`,
            );
          }
        }
    assert.ok(seen >= 6, `${seen} sentences`);
  });
});
