import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownOf } from '../../../src/core/import/htmlPage.ts';
import type { PlannedImport } from '../../../src/core/import/importPlan.ts';
import { planned as plansOf } from './planned.ts';

function shown(one: PlannedImport): string {
  const entry: Readonly<Record<string, unknown>> = one.kind === 'ready' ? { ...one.profile } : one.entry;
  const secret = one.secret === undefined ? [] : ['secret'];
  return [one.kind, entry['clientId'], entry['grant'], one.hosts[0], ...secret].join(' ');
}

describe('values that stand alone in a page', () => {
  const whole = 'Client ID: id-a\n\nToken URL: https://a.example/token\n\nClient secret: s3cr3t-a\n';

  it('are of one client where nothing but blanks is between them', () => {
    for (const fileName of [undefined, 'README.md'])
      assert.deepEqual(plansOf(whole, fileName).map(shown), [
        'ready id-a client_credentials a.example secret',
      ]);
  });

  for (const between of ['# Another application', 'The other application has this one.', '**Another**'])
    it(`may be another’s behind “${between}”`, () => {
      const text = whole.replace('Client secret: s3cr3t-a', `${between}\n\nClient secret: s3cr3t-b`);
      for (const spelled of [text, text.replaceAll(/(?<=Client|Token) (?=ID|URL|secret)/g, '_')])
        for (const fileName of [undefined, 'README.md', 'notes.markdown']) {
          const [one, ...others] = plansOf(spelled, fileName);
          assert.deepEqual([one?.kind, one?.secret, others], ['open', undefined, []], spelled);
          assert.match(
            one?.kind === 'open' ? one.problems.join('\n') : '',
            /client secret holds .* elsewhere/,
          );
        }
    });

  it('have what they are called in the line above, as a console shows them', () => {
    for (const text of [
      'General\nName\nOrders\nDomain\na.example\nClient ID\nid-a\nClient Secret\ns3cr3t-a\nToken URL\nhttps://a.example/token\n',
      'Your client:\n\nClient ID\n\nid-a\n\nClient secret\n\ns3cr3t-a\n\nToken URL\n\nhttps://a.example/token\n',
      '**Client ID:**\n`id-a`\n\n**Client secret:**\n`s3cr3t-a`\n\n**Token URL:**\n`https://a.example/token`\n',
    ])
      assert.deepEqual(plansOf(text).map(shown), ['ready id-a client_credentials a.example secret'], text);
    assert.deepEqual(
      plansOf('Client ID\n\nClient secret\n\ns3cr3t-a\n\nToken URL\nhttps://a.example/token\n'),
      [],
    );
  });
});

describe('a page of HTML', () => {
  const curl =
    'curl https://a.example/token -d grant_type=client_credentials -u &quot;id-a:s3cr3t&amp;a&quot;';
  const variables =
    'web_clientId=id-b\nweb_clientSecret=s3cr3t-b\nweb_tokenEndpoint=https://b.example/token\nweb_scope=a';

  it('shows commands and files, each a text of its own', () => {
    const page = `<!DOCTYPE html>\n<html><head><script>var client_id = 'no';</script></head><body><h1>Token</h1>
      <pre><code class="language-bash"><span>${curl}</span></code></pre><p>or</p>
      <div><pre class="language-http"><code>${variables}</code></pre></div></body></html>`;
    for (const fileName of [undefined, 'index.html']) {
      const plan = plansOf(page, fileName);
      assert.deepEqual(plan.map(shown), [
        'ready id-a client_credentials a.example secret',
        'ready id-b client_credentials b.example secret',
      ]);
      assert.deepEqual(
        plan.map(({ secret }) => secret),
        ['s3cr3t&a', 's3cr3t-b'],
      );
    }
  });

  it('has values in tables, lists and paragraphs', () => {
    const rows = [
      ['Client ID', '<code>id-a</code>'],
      ['Client secret', 's3cr3t-a'],
      ['Token URL', '<a href="https://other.example">https://a.example/token</a>'],
    ] as const;
    for (const page of [
      `<table>${rows.map(([name, value]) => `<tr><th scope="row">${name}</th>\n<td>${value}</td></tr>`).join('')}</table>`,
      `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`,
      `<h2>Client</h2>${rows.map(([name, value]) => `<p>${name}:&nbsp;${value}</p>`).join('')}`,
    ])
      assert.deepEqual(plansOf(page).map(shown), ['ready id-a client_credentials a.example secret'], page);
    const other =
      '<h2>A</h2><p>Client ID: id-a</p><p>Token URL: https://a.example/t</p><h2>B</h2><p>Client secret: s3cr3t-b</p>';
    assert.deepEqual(
      plansOf(other).map(({ secret }) => secret),
      [undefined],
    );
  });

  it('is read once, cut off or written as text in itself', () => {
    for (const text of [
      '<!doctype html',
      '<p',
      '<p>&lt;p&gt;&lt;pre',
      '<pre>&lt;<p&lt;div&gt;\n\f&lt;pre&gt;</pre>',
      '<<p>',
    ])
      for (let end = 1; end <= text.length; end++) {
        assert.equal(markdownOf(markdownOf(text.slice(0, end)) ?? ''), undefined, text);
        assert.deepEqual(plansOf(text.slice(0, end)), []);
      }
  });

  it('is not what only begins with a bracket, and is read in linear time', () => {
    for (const text of ['<configuration><p/></configuration>', '<client-id>', '<?xml version="1.0"?><a/>'])
      assert.equal(markdownOf(text), undefined);
    for (const piece of [
      '<pre>',
      '<script>',
      '<p',
      '<pre><code>',
      '</td> <td',
      '<!--',
      '&lt;pre&gt;',
      '\n<',
      ' <',
    ]) {
      const started = performance.now();
      markdownOf(`<p>${piece.repeat(Math.floor(500_000 / piece.length))}`);
      assert.ok(performance.now() - started < 1500, piece);
    }
  });
});

describe('a command that a workflow runs', () => {
  const command = `TOKEN=$(curl -s -X POST "$TOKEN_URL" \\
            -d grant_type=client_credentials -d client_id=$CLIENT_ID \\
            -d client_secret=$CLIENT_SECRET -d audience=$TARGET)`;
  const workflow = (secret: string) => `on: push
env:
  CLIENT_ID: id-a
  TOKEN_URL: https://a.example/token
  TARGET: https://outer.example
jobs:
  call:
    runs-on: ubuntu-latest
    env: { TARGET: https://api.example, CLIENT_SECRET: '${secret}' }
    steps:
      - uses: actions/checkout@v4
      - run: |
          set -e
          ${command}
`;

  it('says how its variables are sent', () => {
    const [one, ...others] = plansOf(workflow('s3cr3t-a'), 'ci.yml');
    assert.deepEqual([one && shown(one), others], ['ready id-a client_credentials a.example secret', []]);
    const profile = one?.kind === 'ready' ? one.profile : undefined;
    assert.deepEqual(
      [profile?.clientAuthentication, profile?.audience],
      ['client_secret_post', 'https://api.example'],
    );
    const [kept] = plansOf(workflow('${{ secrets.CLIENT_SECRET }}'), 'ci.yml');
    assert.match(kept?.kind === 'open' ? kept.problems.join() : '', /client secret holds the placeholder/);
  });

  it('stands in a list of lines, too', () => {
    const pipeline = `variables: { TOKEN_URL: https://a.example/token, CLIENT_ID: id-a, CLIENT_SECRET: s3cr3t-a }
token:
  script:
    - apk add curl
    - curl $TOKEN_URL -d grant_type=client_credentials -u "$CLIENT_ID:$CLIENT_SECRET" -d scope=a
`;
    assert.deepEqual(plansOf(pipeline, '.gitlab-ci.yml').map(shown), [
      'ready id-a client_credentials a.example secret',
    ]);
  });
});
