import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { redactInserts } from '../../../src/core/http/redactInserts.ts';
import { redactKnownFiles } from '../../../src/core/http/redactKnownFiles.ts';
import { isSecretName } from '../../../src/core/secretNames.ts';

/** As people make them up, and as programs do. */
const [password, made, id] = ['hunter2-Xy', 'q7Rk2vXb9LmN4pTs', '3f2b8c1e-9d47-4a6b-8e21-5c0f7a9b3d64'];
const hash = 'c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC';
const base64 = Buffer.from(password).toString('base64');

/** What a text is, the text with a secret that its form gives away, and one of the same form without any. */
type Row = readonly [what: string, text: string, secret: string, twin: string];

const rows: readonly Row[] = [
  [
    'an INSERT',
    `INSERT INTO clients (id, client_secret) VALUES (1, '${made}');`,
    made,
    `INSERT INTO clients (id, kid) VALUES (1, '${made}');`,
  ],
  [
    'an INSERT of rows',
    `insert into "u" ("pwd", n) values ('x', 1), ('${password}', 2)`,
    password,
    `insert into "u" (n, "note") values (1, 'x'), (2, 'a1')`,
  ],
  [
    'an INSERT over lines',
    `INSERT INTO users\n  (name, password)\nVALUES\n  ('a', '${password}');`,
    password,
    `INSERT INTO users\n  (name, city)\nVALUES\n  ('a', '${password}');`,
  ],
  [
    'a new user of SQL',
    `CREATE USER 'bob'@'%' IDENTIFIED BY '${password}';`,
    password,
    "CREATE USER 'bob'@'%' REQUIRE SSL COMMENT 'v2-Xy';",
  ],
  [
    'a changed user of SQL',
    `ALTER ROLE bob WITH PASSWORD 'x1';`,
    'x1',
    "ALTER ROLE bob WITH LOGIN VALID UNTIL '2030-01-01';",
  ],
  [
    'a section of secrets',
    `title = "x"\n[secrets]\na = "${password}"\n`,
    password,
    `title = "x"\n[servers]\na = "${password}"\n`,
  ],
  [
    'a section within one',
    `[db.passwords]\nbob = ${password}\n`,
    password,
    `[passwords]\n[db]\nbob = ${password}\n`,
  ],
  [
    'a key of YAML on a line of its own',
    `a: 1\n? client_secret\n: ${password}\n`,
    password,
    `a: 1\n? client_name\n: ${password}\n`,
  ],
  [
    'such a key in a list, with a block',
    `- ? "password"\n\n  # why\n  : |\n    ${password}\n  b: c\n`,
    password,
    `- ? "city"\n\n  # why\n  : |\n    ${password}\n  b: c\n`,
  ],
  [
    'such a key between braces',
    `x: {? password : ${password}, b: c}\n`,
    password,
    `? password\nx: {? city : ${password}, b: c}\n: y\n`,
  ],
  ['a .pgpass', `db.example.com:5432:mydb:bob:${password}`, password, 'src/a.c:12:5:error:undeclared2'],
  ['a .pgpass of anything', `x\n*:*:*:bob:${password}\r\ny`, password, '00:1a:2b:3c:4d:5e\n12:30:a:b:c1'],
  ['a .htpasswd', `bob:$apr1$lZL6V/ci$${hash}`, `lZL6V/ci$${hash}`, 'cost: $1$ and $2y$'],
  ['bcrypt', `bob:$2y$05$${hash}`, `05$${hash}`, 'echo $1$2$3'],
  [
    'a hash of LDAP',
    `bob:{SHA}VBPuJHI7uixaa6LQGWx4s+5GKNE=`,
    'VBPuJHI7uixaa6LQGWx4s+5GKNE=',
    'a {sha} b, {SHA}-256, /users/{md5}/x',
  ],
  [
    'a .curlrc',
    `url = "https://a.example"\nuser = "bob:${password}"\n`,
    password,
    'image = "x"\nuser = "1000:1000"\nuser = www-data:www-data\n',
  ],
  ['a .curlrc of one line', `user="bob:${password}"`, password, 'user="1000:1000"'],
  ['a .curlrc with a token', `a = b\noauth2-bearer = "${made}"\n`, made, `a = b\noauth2-scope = "${made}"\n`],
  ['pw', `pw=${password}`, password, `pow=${password}`],
  ['pw in JSON', `{"db_pw":"${password}"}`, password, `{"db_pow":"${password}"}`],
  ['Pw in JSON', `{"userPw":"${password}"}`, password, `{"userRpw":"${password}"}`],
  ['DB_PASS', `DB_PASS=${password}`, password, `FIRST_PASS=${password}`],
  ['pass of Ansible', `ansible_become_pass: ${password}`, password, `last_pass: ${password}`],
  ['psk', `network={\n ssid="x"\n psk="${password}"\n}`, password, `network={\n ssid="${password}"\n}`],
  [
    'pairs of Lisp',
    `((name . "bob") (password . "hunter2-x"))`,
    'hunter2-x',
    `((name . "hunter2-x") (token . nil))`,
  ],
  ['a word of Lisp', `(:name "x" :client-secret "${password}")`, password, `(:client-name "${password}")`],
  ['setq', `(setq my-password "${password}")`, password, `(setq my-host "${password}")`],
  ['a tuple', `('password', '${password}')`, password, `('region', '${password}')`],
  ['a tuple of names', `x ("token", "${password}")`, password, 'x ("token", "oauth2_token")'],
  [
    'a sentence with a quotation',
    `wrong password "${password}"`,
    password,
    'The parameter token "oauth2_token" is unknown',
  ],
  [
    'a sentence',
    `Your password is ${password}.`,
    password,
    'Your password is required, the token is oauth2-like.',
  ],
  ['a type', `const password: string = "hunter2-x";`, 'hunter2-x', `const region: string = "hunter2-x";`],
  [
    'a type of Go',
    `const clientSecret string = "hunter2-x"`,
    'hunter2-x',
    `const clientName string = "hunter2-x"`,
  ],
  ['a type of Rust', `let password: &str = "hunter2-x";`, 'hunter2-x', `let token_type: &str = "bearer_v2";`],
  [
    'a type of Basic',
    `Dim password As String = "hunter2-x"`,
    'hunter2-x',
    'key id = "a1b2c3d4", secret name = "my-app-2024"',
  ],
  [
    'an option of Rust',
    `Config { token: Some("hunter2-x") }`,
    'hunter2-x',
    `Config { region: Some("hunter2-x") }`,
  ],
  ['a template', 'const apiKey: string = `hunter2-x`;', 'hunter2-x', 'const region: string = `hunter2-x`;'],
  [
    'a script without a blank or a sign',
    `localStorage.setItem("access_token","${made}")`,
    made,
    `localStorage.setItem("client_id","${made}")`,
  ],
  ['a function of a builder', `.clientSecret("${made}")`, made, `.clientId("${made}")`],
  [
    'a script without signs in a page',
    `<script>setItem('refresh_token','${made}')</script>`,
    made,
    `<script>setItem('client_id','${made}')</script>`,
  ],
  [
    'JSON in an attribute',
    `<div data-page="{&quot;props&quot;:{&quot;accessToken&quot;:&quot;${password}&quot;}}">x</div>`,
    password,
    `<div data-page="{&quot;props&quot;:{&quot;region&quot;:&quot;${password}&quot;}}">x</div>`,
  ],
  [
    'JSON in an element',
    `<pre>{&#34;password&#34;: &#34;${password}&#34;, &#34;a&#34;: 1}</pre>`,
    password,
    `<pre>{&#34;region&#34;: &#34;${password}&#34;, &#34;a&#34;: 1}</pre>`,
  ],
  [
    'markup in an element',
    `<string>&lt;login&gt;&lt;password&gt;${password}&lt;/password&gt;&lt;/login&gt;</string>`,
    password,
    `<string>&lt;login&gt;&lt;city&gt;${password}&lt;/city&gt;&lt;/login&gt;</string>`,
  ],
  [
    'an attribute of SAML',
    `<saml:Attribute Name="access_token"><saml:AttributeValue>x</saml:AttributeValue>\n<saml:AttributeValue>${password}</saml:AttributeValue></saml:Attribute>`,
    password,
    `<saml:Attribute Name="city"><saml:AttributeValue>${password}</saml:AttributeValue></saml:Attribute>`,
  ],
  [
    'a property of Spring',
    `<beans><property name="password">\n  <value>${password}</value>\n</property></beans>`,
    password,
    `<beans><property name="url">\n  <value>${password}</value>\n</property></beans>`,
  ],
  [
    'a .resx',
    `<root><data name="ClientSecret" xml:space="preserve"><value>${password}</value></data></root>`,
    password,
    `<root><data name="Title" xml:space="preserve"><value>${password}</value></data></root>`,
  ],
  [
    'a value within a setting',
    `<add key="ClientSecret"><value>${password}</value></add>`,
    password,
    `<form id="session"><p>${password}</p></form>`,
  ],
  ['bytes of Python', `password = b'hunter2-x'`, 'hunter2-x', `region = b'hunter2-x'`],
  ['a number in a path', `https://a.example/reset/${id}`, id, `https://a.example/users/${id}`],
  [
    'a number behind a token',
    `https://a.example/token/${id}/x`,
    id,
    `https://a.example/hooks/${id}/services/${id}, /ticket/${id}, /key/${id}`,
  ],
  ['an invitation', `/invite/${id}`, id, `/invite/me, invite ${id}`],
  [
    'a variable of Terraform',
    `variable "client_secret" {\n  default = "${password}"\n}`,
    password,
    `variable "region" {\n  default = "${password}"\n}`,
  ],
  [
    'a Dockerfile',
    `FROM x\nENV DB_PASSWORD ${password}\n`,
    password,
    `FROM x\nENV DB_HOST ${password}\nARG TOKEN\n`,
  ],
  ['Apache', `SetEnv DB_PASSWORD ${password}\n`, password, `SetEnv DB_NAME ${password}\n`],
  ['csh', `a\nsetenv API_TOKEN ${password}\n`, password, `a\nsetenv API_TOKENS_PATH ${password}\n`],
  ['Redis', `port 1\nrequirepass ${password}\n`, password, `port 1\nrequire ${password}\n`],
  [
    'a Secret of Kubernetes',
    `kind: Secret\ndata:\n  a: ${base64}\n`,
    base64,
    `kind: ConfigMap\ndata:\n  a: ${base64}\n`,
  ],
  [
    'a Secret as it is written',
    `apiVersion: v1\nkind: Secret\nstringData:\n  a: ${password}\n`,
    password,
    `apiVersion: v1\nkind: SecretStore\ndata:\n  a: ${password}\n`,
  ],
  [
    'a Secret in JSON',
    `{"kind":"Secret","data":{"a":"${base64}"}}`,
    base64,
    `{"kind":"ConfigMap","data":{"a":"${base64}"}}`,
  ],
  [
    'Secrets in JSON',
    `{"items":[{"data":{"a":"${base64}"}, "kind" : "Secret"}]}`,
    base64,
    `{"data":{"kind":"Secrets","a":"${base64}"}}`,
  ],
  [
    'an address of Oracle',
    `url is jdbc:oracle:thin:bob/${password}@db.example.com:1521:x`,
    password,
    'url is jdbc:oracle:thin:@db.example.com:1521/x@y',
  ],
  [
    'SMTP',
    `C: AUTH PLAIN AGJvYgBodW50ZXIy\r\nS: 235`,
    'AGJvYgBodW50ZXIy',
    'S: 250 AUTH PLAIN LOGIN\r\nC: QUIT',
  ],
  [
    'a dump of PostgreSQL',
    `COPY public.users (id, email, password) FROM stdin;\n1\ta@b.example\t\\N\n2\tx\t${password}\n\\.\n3\tx\ty\n`,
    password,
    `COPY public.users (id, email, city) FROM stdin;\n1\ta@b.example\t${password}\n\\.\n`,
  ],
  [
    'a dump of PostgreSQL as CSV',
    `COPY u ("token", n) FROM STDIN WITH (FORMAT csv);\n"${password}",1\n\\.\n`,
    password,
    `COPY u ("note", n) FROM STDIN WITH (FORMAT csv);\n"${password}",1\n\\.\n`,
  ],
  ['mysql', `$ mysql -u root -p${password} db`, password, 'mysql -u root -p db; mkdir -p/tmp/x1-Yz'],
  ['mysqldump', `mysqldump -uroot -p'${password}' db > x`, password, 'mysqldump -uroot -p -P3306 db1'],
  ['sshpass', `sshpass -p ${password} ssh a@b`, password, 'sshpass -e ssh -p 2222 a@b; ssh -p2222 c'],
  ['sshpass without a blank', `sshpass -p"${password}" ssh -p 2222 a@b`, password, 'docker run -p8080:80 x'],
  ['redis-cli', `redis-cli -h a -a ${password} ping`, password, 'redis-cli -h redis-1.example ping'],
  [
    'docker login',
    `docker login -u bob -p ${password} a.example`,
    password,
    'docker run -d -p 127.0.0.1:80:80 x',
  ],
  ['ldapsearch', `ldapsearch -x -D "cn=a b" -w ${password}`, password, 'ldapsearch -x -W -b dc=example2'],
  ['sqlcmd', `sqlcmd -S a -U sa -P ${password}`, password, 'scp -P 2222 a.txt b:'],
  ['a command in JSON', `{"run":"mysql -uroot -p${password}"}`, password, '{"run":"mysql -uroot -p"}'],
  [
    'a sign-in of FTP',
    `USER bob\r\n331 Please specify the password.\r\nPASS ${password}\r\n230 ok`,
    password,
    'PASS test/b2.test.ts\nPASS test/c3.test.ts (5.1 s)',
  ],
  [
    'what curl says of FTP',
    `> USER bob\n< 331 x\n> PASS ${password}`,
    password,
    '> USER bob\n< 331 PASS please2',
  ],
  ['IRC', `PASS ${password}\r\nNICK bob`, password, 'PASS x1-Yz\r\nFAIL y2'],
  ['IMAP', `a001 LOGIN bob "${password}"`, password, 'Last LOGIN bob 2024-05-01'],
  [
    'AUTH LOGIN',
    `S: 334 UGFzc3dvcmQ6\r\nC: aHVudGVyMg==\r\nS: 235`,
    'aHVudGVyMg==',
    `S: 334 VXNlcm5hbWU6\r\nC: Ym9iYm9iYg==\r\nS: 535`,
  ],
  ['AUTH of Redis', `AUTH ${password}\r\n+OK`, password, 'AUTH required2 by us\nAUTH CRAM-MD5\nAUTH SHA256'],
  ['AUTH of a user of Redis', `> AUTH default ${password}`, password, '250-AUTH LOGIN XOAUTH2\nAUTH TLS1'],
  [
    'what is sent to Redis',
    `*2\r\n$4\r\nAUTH\r\n$10\r\n${password}\r\n*1\r\n`,
    password,
    `*2\r\n$4\r\nAUTO\r\n$10\r\n${password}\r\n`,
  ],
  [
    'what a user sends to Redis',
    `*3\r\n$4\r\nAUTH\r\n$3\r\nbob\r\n$10\r\n${password}\r\n`,
    password,
    `*3\r\n$3\r\nSET\r\n$3\r\nbob\r\n$10\r\n${password}\r\n`,
  ],
  ['a tuple of Erlang', `{password, "secretly"}`, 'secretly', `{hostname, "secretly"}`],
  [
    'a tuple of binaries',
    `[{a, [{host, "b"}, {client_secret, <<"${password}">>}]}].`,
    password,
    `[{a, [{host, "b"}, {client_name, <<"${password}">>}]}].`,
  ],
  ['a line of Erlang', `%% x\n  {password, "hunter2-x"},`, 'hunter2-x', `%% x\n  {hostname, "hunter2-x"},`],
  ['EDN', `{:db {:password "secretly" :host "b"}}`, 'secretly', `{:db {:hostname "secretly" :token nil}}`],
  ['a line of EDN', `; x\n:password "hunter2-x"`, 'hunter2-x', `; x\n:hostname "hunter2-x"`],
  ['a one-time code', 'Your verification code is 482913.', '482913', 'Your error code is 482913.'],
  ['a one-time code that comes first', '482913 is your Example code', '482913', '482913 is your postal code'],
  ['a code to sign in with', 'Use 482913 to sign in.', '482913', 'Use 482913 to call us.'],
  ['a code in halves', 'Your one-time code: 482 913', '482 913', 'Your customer number: 482 913'],
  ['a PIN', 'Your PIN is 4829', '4829', 'Your PIN has 4829 digits'],
  ['a code in JSON', '{"message":"Your code is 482913"}', '482913', '{"message":"Your zip code is 482913"}'],
  [
    'a code in a page',
    '<p>Your login code: <b>482913</b></p>',
    '482913',
    '<p>Your area code: <b>482913</b></p>',
  ],
  [
    'a text in JSON that has a form',
    `{"sql":"CREATE USER bob IDENTIFIED BY '${password}'"}`,
    password,
    `{"sql":"CREATE USER bob COMMENT '${password}'"}`,
  ],
  [
    'rows in JSON',
    `{"sql":"INSERT INTO u (password) VALUES ('${password}')"}`,
    password,
    `{"sql":"INSERT INTO u (city) VALUES ('${password}')"}`,
  ],
  [
    'JSON with comments',
    `{/*x*/"password"/*y*/ :/*z*/"${password}"}`,
    password,
    `{/*password*/"region"/*y*/:"${password}"}`,
  ],
  [
    'JSON with comments in lines',
    `{"password" // x\n:"${password}"}`,
    password,
    `{"region" // password\n:"${password}"}`,
  ],
  [
    'pairs in lists',
    `[["password","${password}"],["a","b"]]`,
    password,
    `[["region","${password}"],["token","access_token"]]`,
  ],
  [
    'a field of pairs',
    `{"headers":[["X-Api-Key", "${password}"]]}`,
    password,
    `{"headers":[["X-Request-Id", "${password}"]]}`,
  ],
  [
    'the value of a token',
    `{"tokenValue":"${password}","secretText":"x1"}`,
    password,
    `{"tokenValueType":"${password}"}`,
  ],
  ['the hash of a password', `{"password_hash":"${password}"}`, password, `{"file_hash":"${password}"}`],
  ['a name in German', `{"passwort":"${password}"}`, password, `{"wort":"${password}"}`],
  ['a name in French', `mot de passe : ${password}\n`, password, `mot de fin : ${password}\n`],
  ['a name in Spanish', `contraseña: ${password}\n`, password, `reseña: ${password}\n`],
  ['a name in Chinese', `{"密码":"${password}"}`, password, `{"编码":"${password}"}`],
  ['a name in Russian', `{"пароль":"${password}"}`, password, `{"король":"${password}"}`],
  [
    'what PHP serializes',
    `a:1:{s:13:"client_secret";s:11:"${password}";}`,
    password,
    `a:1:{s:11:"client_name";s:11:"${password}";}`,
  ],
  [
    'a text of several lines',
    `password = <<EOF\n${password}\nEOF\na = 1`,
    password,
    `note = <<EOF\n${password}\nEOF\na = 1`,
  ],
  ['one that is indented', `password = <<-"X"\n  ${password}\n  X\n`, password, `notes = <<<${password}\nx`],
  ['smbclient', `smbclient -U bob%${password} //a/b`, password, 'smbclient -U bob //a/b100%x1'],
  ['net use', `net use Z: \\\\a\\b /user:bob ${password}`, password, 'net use Z: \\\\a\\b1 /persistent:yes2'],
  ['keytool', `keytool -list -storepass ${password}`, password, 'keytool -list -keystore my1.jks'],
  [
    'PowerShell',
    `Connect-It -ClientSecret ${password} -Id 1`,
    password,
    'the -password option, -Password $secret1',
  ],
  [
    'a string made secure',
    `ConvertTo-SecureString "${password}" -AsPlainText`,
    password,
    `ConvertTo-Json "${password}"`,
  ],
  ['sqlplus', `sqlplus bob/${password}@db`, password, 'sqlplus /nolog1; mysql a/b1@c'],
  [
    'a .htdigest',
    'bob:my realm:5f4dcc3b5aa765d61d8327deb882cf99',
    '5f4dcc3b5aa765d61d8327deb882cf99',
    'a:b:5f4dcc3b5aa765d61d8327deb882cf9',
  ],
  [
    'a bot',
    `https://api.telegram.org/bot123456789:${made}${made}/send`,
    made + made,
    'https://a.example/robot1:2/x',
  ],
  [
    'a hook of a team',
    `https://a.webhook.office.com/webhookb2/${id}@${id}/IncomingWebhook/5f4dcc3b5aa765d61d8327deb882cf99/${id}`,
    '5f4dcc3b5aa765d61d8327deb882cf99',
    `https://a.example/hooked/5f4dcc3b5aa765d61d8327deb882cf99`,
  ],
];

describe('a secret that the form of a foreign text gives away', () => {
  for (const [what, text, secret, twin] of rows) {
    it(`is masked in ${what}`, () => {
      for (const isResponse of [true, false]) {
        const told: string[] = [];
        const shown = redactBody(text, isResponse, (one) => told.push(one));
        assert.ok(!shown.includes(secret), shown);
        assert.ok(told.includes(secret), `told of ${told.join(' ')}`);
      }
    });
    it(`is not seen in what is like ${what}`, () => {
      for (const isResponse of [true, false]) assert.equal(redactBody(twin, isResponse), twin);
    });
  }
});

describe('the values that SQL inserts', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    [
      "insert into a (x, token) values (1, 'it''s'), (NULL, NULL), (2, 34567890)",
      "insert into a (x, token) values (1, '…s'), (NULL, NULL), (2, …90)",
    ],
    [
      "INSERT IGNORE INTO a(token)VALUES('a\\'b1234567'),(default)",
      "INSERT IGNORE INTO a(token)VALUES('…67'),(default)",
    ],
    [
      "insert into a (token) values (N'abcdefgh'); x ('abcdefgh')",
      "insert into a (token) values (N'…gh'); x ('abcdefgh')",
    ],
    ["insert into a (x, token) values ('abcdefgh')", "insert into a (x, token) values ('abcdefgh')"],
    [
      "insert into a (x, token) values (f(1), 'abcdefgh')",
      "insert into a (x, token) values (f(1), 'abcdefgh')",
    ],
    ["insert into a (token) values ('…gh')", "insert into a (token) values ('…gh')"],
    [
      "insert into a ([token]) values ('abcdefgh'\n)\n, \n('ijklmnop')",
      "insert into a ([token]) values ('…gh'\n)\n, \n('…op')",
    ],
    [
      "insert into a (token) values ('abcdefgh'), x insert into b (pin) values ('12345678')",
      "insert into a (token) values ('…gh'), x insert into b (pin) values ('…78')",
    ],
    [
      "insert into a (token, x) values ('abcdefgh'), ('ijklmnop', 1)",
      "insert into a (token, x) values ('…gh'), ('…op', 1)",
    ],
    [
      "insert into a (token) values ('insert into b (token) values (12345678)'), (1234)",
      "insert into a (token) values ('…45678)'), (…4)",
    ],
  ];
  for (const [text, shown] of cases) it(text, () => assert.equal(redactInserts(text, undefined), shown));
});

it('the forms of known files leave what is masked, and the ends of lines', () => {
  assert.equal(redactKnownFiles('a.b:1:c:d:abcdefgh\r\nx', undefined), 'a.b:1:c:d:…gh\r\nx');
  assert.equal(redactKnownFiles('ENV A_KEY "abcdefgh"\nx', undefined), 'ENV A_KEY "…gh"\nx');
  assert.equal(redactKnownFiles('ENV A_KEY …gh\n', undefined), 'ENV A_KEY …gh\n');
});

it('names that are short for a password are those of secrets, and what only ends alike is not', () => {
  for (const name of [
    'pw',
    'PW',
    'db_pw',
    'DB_PW',
    'db.pw',
    'userPw',
    'psk',
    'DB_PASS',
    'smtpPass',
    'become-pass',
  ])
    assert.ok(isSecretName(name), name);
  for (const name of [
    'p',
    'upw',
    'Npw',
    'first_pass',
    'testsPass',
    'checks_pass',
    'LAST-PASS',
    'bypass',
    'compass',
    'passes',
  ])
    assert.ok(!isSecretName(name), name);
});

it('a password that a form has typed twice is one both times', () => {
  // As Django, Rails, Laravel and Symfony call them.
  const names = ['new_password1', 'password2', 'user[password_confirmation]', 'passwordConfirm', 'Passwort2'];
  for (const name of names) {
    assert.ok(isSecretName(name), name);
    const form = `a=1&${encodeURIComponent(name)}=${password}`;
    assert.ok(!redactBody(form, false).includes(password), form);
  }
  for (const name of [
    'password_confirmed',
    'password1_help',
    'confirmation',
    'passwordConfirmations',
    'compass1',
  ])
    assert.ok(!isSecretName(name), name);
});

it('a secret is one whatever environment, age or place its name ends in', () => {
  for (const name of [
    'CLIENT_SECRET_PROD',
    'client_secret_dev',
    'dbPasswordProd',
    'apiKeyStaging',
    'API-KEY-LIVE',
    'SECRET_KEY_BASE',
    'ACCESS_TOKEN_QA_2',
    'clientSecret2Old',
    'user[password_new]',
    'primaryConnection_private_key_secondary',
  ]) {
    assert.ok(isSecretName(name), name);
    assert.ok(!redactBody(`${encodeURIComponent(name)}=${password}&a=1`, false).includes(password), name);
    assert.ok(!redactBody(JSON.stringify({ [name]: password }), false).includes(password), name);
    assert.ok(!redactBody(`x\nexport ${name}=${password}\n`, false).includes(password), name);
  }
  for (const name of [
    ...['public_key_prod', 'next_page_token_old', 'code_dev', 'session_test', 'keyLocal', 'primaryKey'],
    ...[
      'contest',
      'database',
      'latest',
      'first_pass_test',
      'token_type_new',
      'prod',
      'auth_live',
      'secret1_2',
    ],
  ])
    assert.ok(!isSecretName(name), name);
});
