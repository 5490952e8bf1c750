import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../../src/core/import/importText.ts';
import { shellCommands } from '../../../../src/core/import/shellWords.ts';
import { open, planned, ready, words } from '../planned.ts';

const url = 'https://as.example.com/token';

describe('a curl command', () => {
  it('with bash’s $’…’ is decoded', () => {
    const { secret } = ready(
      String.raw`curl '${url}' --data-raw $'grant_type=client_credentials&client_id=id-1&client_secret=it\'s\u0021%2B\x41\101'`,
    );
    assert.equal(secret, "it's!+AA");
  });

  it('as Chrome copies it for cmd is decoded', () => {
    const text = `curl ^"${url}^" ^\r\n  -H ^"content-type: application/x-www-form-urlencoded^" ^\r\n  --data-raw ^"grant_type=client_credentials^&client_id=id-1^&client_secret=a^%^2Bb^!^\\^"c^\\^"^"`;
    const { profile, secret } = ready(text);
    assert.equal(profile.clientId, 'id-1');
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
-Body "grant_type=client_credentials&client_id=id-1&client_secret=s%26t"`);
    assert.deepEqual([two.profile.clientId, two.secret], ['id-1', 's&t']);
    const three = ready(
      `$r = Invoke-RestMethod -Method Post -Uri '${url}' -Body @{ grant_type = 'client_credentials'; client_id = 'y'; client_secret = 'it''s' }`,
    );
    assert.deepEqual([three.profile.clientId, three.secret], ['y', "it's"]);
  });

  it('that calls an API is not a token endpoint', () => {
    for (const text of [
      `curl -H 'Authorization: Bearer abc' https://api.example.com/orders`,
      `curl -X POST https://api.example.com/orders -H 'content-type: application/json' -d '{"client_id":"x","amount":1}'`,
      `curl -u id:secret https://api.example.com/orders`,
      `curl -G https://api.example.com/x -d grant_type=client_credentials -d client_id=id-1`,
    ]) {
      const found = importText(text);
      assert.deepEqual(found.profiles, [], text);
      assert.match(found.problems.join(''), /not a token request/, text);
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
    const text = `curl -k ${url} --cert me.pem -d @body.txt -d grant_type=client_credentials -d client_id=id-1 -d client_assertion=eyJ -d client_assertion_type=urn`;
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
      // What was cut off within quotes is not known: it must not become a secret.
      ['curl unclosed"quote here', ['curl', 'unclosedquote here${text without its closing quote}']],
      ["curl a # it's a comment", ['curl', 'a']],
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

describe('a command of fish', () => {
  // @see https://fishshell.com/docs/current/language.html#quotes
  const form = `${url} -d grant_type=client_credentials -d client_id=id-1 --data-urlencode`;

  it('has \\’ for a quote within quotes, which no other shell has', () => {
    for (const [written, secret] of [
      [String.raw`it\'s`, "it's"],
      [String.raw`a\\\'b\\`, String.raw`a\'b` + '\\'],
      [String.raw`"\'"`, `"'"`],
    ] as const)
      assert.equal(ready(`curl ${form} 'client_secret=${written}'`).secret, secret, written);
    assert.equal(
      ready(String.raw`http -f ${url} grant_type=client_credentials client_id=id-1 client_secret='it\'s'`)
        .secret,
      "it's",
    );
  });

  it('in a script of fish’s takes its variables, and what another command prints', () => {
    const script = String.raw`#!/usr/bin/env fish
set -l secret 'a\\b' # it's a comment
set -l answer (curl -s ${form} "client_secret=$secret")`;
    assert.equal(ready(script).secret, String.raw`a\b`);
    const { profile, secret } = ready(
      String.raw`set -gx CLIENT_ID id-1
set -gx CLIENT_SECRET 'it\'s "b"' # it's a comment
set --export TOKEN_URL ${url}`,
      'config.fish',
    );
    assert.deepEqual([profile.clientId, secret, profile.tokenEndpoint], ['id-1', `it's "b"`, url]);
  });

  it('that is cut off within quotes gives no secret', () => {
    const { problems, secret } = open(`curl ${form} 'client_secret=its`);
    assert.equal(secret, undefined);
    assert.match(problems.join(), /without its closing quote/);
  });

  it('is none where every shell closes the quotes', () => {
    assert.equal(ready(String.raw`curl ${form} 'client_secret=a\\b\'`).secret, String.raw`a\\b` + '\\');
    assert.equal(
      ready(String.raw`http -f ${url} grant_type=client_credentials client_id=id-1 client_secret=$'it\'s'`)
        .secret,
      "it's",
    );
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
