import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../../src/core/import/importText.ts';
import { shellCommands } from '../../../../src/core/import/shellWords.ts';
import { open, planned, ready, words } from '../planned.ts';

const url = 'https://as.example.com/token';

describe('a curl command', () => {
  it('with bash’s $’…’ is decoded', () => {
    const { secret } = ready(
      String.raw`curl '${url}' --data-raw $'grant_type=client_credentials&client_id=x&client_secret=it\'s\u0021%2B\x41\101'`,
    );
    assert.equal(secret, "it's!+AA");
  });

  it('as Chrome copies it for cmd is decoded', () => {
    const text = `curl ^"${url}^" ^\r\n  -H ^"content-type: application/x-www-form-urlencoded^" ^\r\n  --data-raw ^"grant_type=client_credentials^&client_id=x^&client_secret=a^%^2Bb^!^\\^"c^\\^"^"`;
    const { profile, secret } = ready(text);
    assert.equal(profile.clientId, 'x');
    assert.equal(secret, 'a+b!"c"');
  });

  it('of PowerShell is read, with backticks and as Invoke-RestMethod', () => {
    const one = ready(
      `curl.exe "${url}" \`\n  -u "id:s\`"3\`$cret" \`\n  -d "grant_type=client_credentials"`,
    );
    assert.deepEqual([one.profile.clientId, one.secret], ['id', 's"3$cret']);
    const two = ready(`Invoke-WebRequest -UseBasicParsing -Uri "${url}" \`
-Method "POST" \`
-Headers @{
"authority"="as.example.com"
} \`
-ContentType "application/x-www-form-urlencoded" \`
-Body "grant_type=client_credentials&client_id=x&client_secret=s%26t"`);
    assert.deepEqual([two.profile.clientId, two.secret], ['x', 's&t']);
    const three = ready(
      `$r = Invoke-RestMethod -Method Post -Uri '${url}' -Body @{ grant_type = 'client_credentials'; client_id = 'y'; client_secret = 'it''s' }`,
    );
    assert.deepEqual([three.profile.clientId, three.secret], ['y', "it's"]);
  });

  it('that calls an API is no token endpoint', () => {
    for (const text of [
      `curl -H 'Authorization: Bearer abc' https://api.example.com/orders`,
      `curl -X POST https://api.example.com/orders -H 'content-type: application/json' -d '{"client_id":"x","amount":1}'`,
      `curl -u id:secret https://api.example.com/orders`,
      `curl -G https://api.example.com/x -d grant_type=client_credentials -d client_id=x`,
    ]) {
      const found = importText(text);
      assert.deepEqual(found.profiles, [], text);
      assert.match(found.problems.join(''), /no token request/, text);
    }
  });

  it('of which there are several gives each its own', () => {
    const text = `# first\ncurl ${url} -u a:s1 -d grant_type=client_credentials\n\ncurl https://b.example/t -u b:s2 -d grant_type=client_credentials; curl https://api.example.com/me`;
    assert.deepEqual(
      planned(text).map((one) => one.kind === 'ready' && [one.profile.clientId, one.secret, one.hosts]),
      [
        ['a', 's1', ['as.example.com']],
        ['b', 's2', ['b.example']],
      ],
    );
  });

  it('with shell variables opens the form', () => {
    const one = open(`curl ${url} -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials`);
    assert.match(one.problems.join('\n'), /clientId holds the placeholder \$CLIENT_ID/);
    assert.equal(one.secret, undefined);
    assert.match(
      open(`curl https://\${HOST}/token -u a:b -d grant_type=client_credentials`).problems.join(''),
      /tokenEndpoint holds/,
    );
  });

  it('says what it does that a profile does not', () => {
    const text = `curl -k ${url} --cert me.pem -d @body.txt -d grant_type=client_credentials -d client_id=x -d client_assertion=eyJ -d client_assertion_type=urn`;
    assert.match(words(text), /does not check the server’s certificate/);
    assert.match(words(text), /file body\.txt/);
    assert.match(words(text), /client certificate/);
  });

  it('splits words as the shells do', () => {
    // In the manner of curlconverter's cases.
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [`curl a'b'"c"d`, ['curl', 'abcd']],
      ['curl ""', ['curl', '']],
      [`curl ''`, ['curl', '']],
      [String.raw`curl a\ b "c\"d" 'e\f'`, ['curl', 'a b', 'c"d', String.raw`e\f`]],
      ['curl a \\\n b', ['curl', 'a', 'b']],
      ['curl "a\\\nb"', ['curl', 'ab']],
      [String.raw`curl $'a\nb\t\'\\'`, ['curl', "a\nb\t'\\"]],
      [String.raw`curl $'\u00e9\xc3'`, ['curl', 'é\u00c3']],
      ['curl unclosed"quote here', ['curl', 'unclosedquote here']],
    ];
    for (const [command, expected] of cases)
      assert.deepEqual(shellCommands(command, 'posix'), [expected], command);
    assert.deepEqual(shellCommands('curl "a ""b"" c" "d\\\\" e^&f', 'cmd'), [
      ['curl', 'a "b" c', 'd\\', 'e&f'],
    ]);
    assert.deepEqual(shellCommands("curl \"a`\"b\" 'c''d' `$e", 'powershell'), [
      ['curl', 'a"b', "c'd", '$e'],
    ]);
  });
});

describe('a curl command of several requests', () => {
  it('is a profile for each: the secret of one does not go with the id of another', () => {
    for (const next of ['--next', '-:']) {
      const one =
        '-d grant_type=client_credentials -d client_id=a -d client_secret=s1 https://a.example/token';
      const other = '-d grant_type=client_credentials -d client_id=b https://b.example/token';
      assert.deepEqual(
        planned(`curl ${one} ${next} ${other}`).map((plan) =>
          plan.kind === 'ready'
            ? [plan.profile.clientId, plan.profile.tokenEndpoint, plan.secret]
            : plan.kind,
        ),
        [
          ['a', 'https://a.example/token', 's1'],
          ['b', 'https://b.example/token', undefined],
        ],
      );
    }
  });
});
