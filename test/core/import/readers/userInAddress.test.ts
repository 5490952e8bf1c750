import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planImport } from '../../../../src/core/import/importPlan.ts';
import { importText } from '../../../../src/core/import/importText.ts';
import { splitUser } from '../../../../src/core/http/urlHost.ts';

/** The only profile that a text gives, with the secret that it takes along. */
function only(text: string, fileName?: string) {
  const plan = planImport(importText(text, undefined, fileName), []);
  assert.equal(plan.length, 1, text);
  const [one] = plan;
  const entry: Readonly<Record<string, unknown>> =
    one?.kind === 'ready' ? { ...one.profile } : (one?.entry ?? {});
  return { entry, secret: one?.secret, notes: one?.notes.join('\n') ?? '', kind: one?.kind };
}

const form = '-d grant_type=client_credentials';

describe('a user name and password in an address', () => {
  for (const [command, clientId, secret] of [
    [`curl https://web:hunter2@login.example.com/token ${form}`, 'web', 'hunter2'],
    [`curl 'https://web%40x:hunter%2F2@login.example.com/token' ${form}`, 'web@x', 'hunter/2'],
    [`curl https://web:a:b@login.example.com/token ${form}`, 'web', 'a:b'],
    [`curl https://web:hunter2@login.example.com/token -u own:other ${form}`, 'own', 'other'],
    [
      `wget --post-data 'grant_type=client_credentials' https://web:hunter2@login.example.com/token`,
      'web',
      'hunter2',
    ],
  ] as const)
    it(`are the client of a command, as it sends them: ${command}`, () => {
      const { entry, kind, ...found } = only(command);
      assert.equal(kind, 'ready');
      assert.equal(entry['tokenEndpoint'], 'https://login.example.com/token');
      assert.deepEqual(
        [entry['clientId'], entry['clientAuthentication'], found.secret],
        [clientId, 'client_secret_basic', secret],
      );
    });

  it('never stand in an address of a profile, and are said to be left out', () => {
    const settings = 'CLIENT_ID=b\nCLIENT_SECRET=cccc-dddd-eeee\nSCOPE=a\n';
    for (const name of ['TOKEN_URL', 'ISSUER']) {
      const { entry, notes, secret } = only(
        `${name}=https://app:hunter2@login.example.com/x\n${settings}`,
        '.env',
      );
      assert.doesNotMatch(JSON.stringify(entry), /hunter2|@/);
      assert.match(notes, /^The user name and password in the address of \w+ were left out\.$/m);
      assert.equal(secret, 'cccc-dddd-eeee');
    }
  });

  it('end at the last @ before the path', () => {
    assert.deepEqual(splitUser('https://a:b@c@host/p@q?r=s@t'), ['a:b@c', 'https://host/p@q?r=s@t']);
    for (const url of ['https://host/p@q', 'https://host?a=b@c', 'mailto:a@b', '', 'https://ho st@x'])
      assert.deepEqual(splitUser(url), ['', url]);
  });
});
