import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planImport } from '../../../../src/core/import/importPlan.ts';
import { importText } from '../../../../src/core/import/importText.ts';
import { splitUser, withoutUsers } from '../../../../src/core/http/urlHost.ts';

/** The only profile that a text gives, with the secret that it takes along. */
function only(text: string, fileName?: string) {
  const plan = planImport(importText(text, undefined, fileName), []);
  assert.equal(plan.length, 1, text);
  const [one] = plan;
  const entry: Readonly<Record<string, unknown>> =
    one?.kind === 'ready' ? { ...one.profile } : (one?.entry ?? {});
  return {
    entry,
    secret: one?.secret,
    notes: one?.notes.join('\n') ?? '',
    problems: one?.kind === 'open' ? one.problems.join('\n') : '',
    kind: one?.kind,
  };
}

const form = '-d grant_type=client_credentials';

describe('a user name and password in an address', () => {
  for (const [command, clientId, secret] of [
    [`curl https://web:hunter2@login.example.com/token ${form}`, 'web', 'hunter2'],
    [`curl 'https://web%40x:hunter%2F2@login.example.com/token' ${form}`, 'web@x', 'hunter/2'],
    [`curl https://web:a:b@login.example.com/token ${form}`, 'web', 'a:b'],
    [`curl https://web:hunter2@login.example.com/token -u own:other ${form}`, 'own', 'other'],
    [
      `curl https://web:hunter2@login.example.com/token -H 'Authorization: Basic ${btoa('own:other')}' -u third:one ${form}`,
      'own',
      'other',
    ],
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

  for (const [address, clientId, endpoint] of [
    ['app:password@localhost:8080/token', 'app', 'http://localhost:8080/token'],
    ['app:password@127.0.0.1', 'app', 'http://127.0.0.1'],
    ['localhost:8080/app@x', undefined, 'http://localhost:8080/app@x'],
  ] as const)
    it(`are the client of a command without a scheme, too: ${address}`, () => {
      const { entry, secret } = only(`curl ${address} ${form}`);
      assert.deepEqual(
        [entry['clientId'], entry['tokenEndpoint'], secret],
        [clientId, endpoint, clientId && 'password'],
      );
    });

  for (const header of ['Bearer abc', 'Basic $CREDENTIALS'])
    for (const user of ['', '-u own:other'])
      it(`are not sent beside a header ${header} ${user}, and are not taken`, () => {
        const { entry, secret, notes, problems } = only(
          `curl https://web:hunter2@login.example.com/token ${user} -H 'Authorization: ${header}' ${form}`,
        );
        assert.deepEqual([entry['clientId'], secret], [undefined, undefined]);
        assert.match(`${notes}\n${problems}`, /nothing was taken of (?:it|them)\./);
        assert.match(notes, /^The user name and password in the address of tokenEndpoint were left out\.$/m);
      });

  it('are in no field, no note and no problem, encoded or not', () => {
    const settings = 'CLIENT_ID=b\nCLIENT_SECRET=cccc-dddd-eeee\n';
    const server = 'TOKEN_URL=https://login.example.com/token\n';
    const names = ['TOKEN_URL', 'ISSUER', 'AUTHORIZATION_URL', 'REDIRECT_URI', 'AUDIENCE', 'RESOURCE'];
    for (const name of names)
      for (const password of ['hunter2', 'hunter/2', 'hunter#2', 'hunter?2', 'hunter\\2', 'hunter 2']) {
        const text = `${name === 'TOKEN_URL' ? '' : server}${settings}${name}="https://app:${password}@login.example.com/x"\n`;
        const { entry, notes, problems, secret } = only(text, '.env');
        assert.doesNotMatch(JSON.stringify(entry) + notes + problems, /hunter/, text);
        assert.match(notes + problems, /address of \w+ were left out\.|a secret stands in it\./, text);
        assert.equal(secret, 'cccc-dddd-eeee', text);
      }
    const twice = importText(
      `TOKEN_URL=https://app:hunter/2@login.example.com/x\nACCESS_TOKEN_URL=https://login.example.com/y\n${settings}`,
    );
    assert.doesNotMatch(JSON.stringify(twice), /hunter/);
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
      assert.deepEqual([splitUser(url), withoutUsers(url)], [['', url], url]);
  });
});
