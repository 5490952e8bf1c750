import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactInserts } from '../../../src/core/http/redactInserts.ts';
import { redactKnownFiles, redactPairs } from '../../../src/core/http/redactKnownFiles.ts';
import { redactOptions } from '../../../src/core/http/redactOptions.ts';
import type { Seen } from '../../../src/core/http/mask.ts';

/** A text in which `‹…›` stands around what is masked and told; what is not so marked stays as it is. */
type Row = string;

const commands: readonly Row[] = [
  'mysql -p‹abcd›',
  "mysqldump --host=a -u root -p'‹ab cd›".replace(' cd', ''),
  'mysqladmin -uroot -p"‹abcd1›" ping',
  'mariadb-dump -p‹abcd› db',
  'mysql -p db',
  'mysql -p‹abcd› | less',
  '7z a x.7z -p‹abcd›',
  '7za x -p‹abcd›',
  'xmysql -pabcd, a-mysql -pabcd',
  'mysql a b c d e f g h i j k l -p‹abcd›',
  'mysql a b c d e f g h i j k l m -pabcd',
  'mysql a; rm -pabcd',
  'mysql a & rm -pabcd',
  'sshpass -p ‹abcd› ssh a',
  'sshpass -p‹abcd› ssh -p 22 a',
  'sshpass -v -p "‹abcd›" ssh a',
  'sshpass -f file ssh -p 2222 a',
  'mongosh -u a -p ‹abcd› host',
  'mongodump -p "‹abcd›"',
  'mongo -p --host a',
  'docker login -u a -p ‹abcd› a.example',
  'podman login -p ‹abcd›',
  'az login -u a -p ‹abcd›',
  'docker run -p 8080:80',
  'redis-cli -h a -p 6379 -a ‹abcd› ping',
  'redis-cli -a -h',
  'ldapsearch -x -D "cn=a" -w ‹abcd› -b x',
  'ldapadd -w ‹abcd›',
  'ldapsearch -W -y file',
  'sqlcmd -S a -U sa -P ‹abcd›',
  'sqlcmd -P‹abcd›',
  'bcp a in b -P ‹abcd›',
  'zip -P ‹abcd› a.zip b',
  'unzip -P ‹abcd› a.zip',
  'unzip -P -q',
  'smbclient //a/b -U bob%‹abcd›',
  'rpcclient -U "bob%‹abcd›" a',
  'smbclient -U bob a%b',
  'net use Z: //a/b /user:bob ‹abcd›',
  'NET USE //a/b /USER:bob ‹abcd›',
  'net use Z: //a/b',
  'sqlplus bob/‹abcd›@db',
  'sqlplus -S bob/‹abcd›',
  'sqlplus / as sysdba',
  'keytool -storepass ‹abcd1›',
  'keytool -srcstorepass ‹abcd1› -keypass ‹abcd2›',
  'x -Password ‹abcd1›',
  'x -ClientSecret "‹abcd1›"',
  'the -password option',
  'x -password $env1',
  'x -password abc',
  'x -region abcd1',
  'x --password ‹abcd›',
  'x --region abcd',
  'curl -u bob:‹abcd› https://a',
  'x/y z',
];

const files: readonly Row[] = [
  'USER bob\nPASS ‹abcd›',
  '> USER bob\r\n< 331 a\r\n> PASS ‹abcd›\r\n< 230',
  'C: USER bob\nS: 331 a\nS: b\nC: PASS ‹abcd›',
  'USER bob\na\nb\nc\nPASS abcd',
  'user bob\npass abcd',
  'PASS abcd',
  'PASS ‹abcd›\nNICK a',
  'PASS :‹abcd›\r\nUSER a',
  'PASS abcd\nNICKEL a',
  'a1 LOGIN bob ‹abcd›',
  'C: A001 LOGIN "bo b" "‹abcd›"\r\n',
  'a LOGIN bob abcd',
  'a1 LOGIN bob abcd efgh',
  'S: 334 UGFzc3dvcmQ6\nC: ‹YWJjZA==›',
  '334 UGFzc3dvcmQ6\r\n‹YWJjZA==›\r\n',
  '334 VXNlcm5hbWU6\nYWJjZA==',
  'AUTH ‹abc1›',
  'AUTH default ‹abc1›',
  'HELLO 3 AUTH default ‹abc1› ',
  '> AUTH ‹abc1›\r\n',
  'AUTH abcd',
  'AUTH ABC1',
  'AUTH CRAM-MD5\n',
  'AUTH abc1 def2 x',
  'OAUTH abc1',
  '$4\r\nAUTH\r\n$4\r\n‹abcd›\r\n',
  '$4\nauth\n$3\nbob\n$4\n‹abcd›\n*1',
  '$4\r\nAUTO\r\n$4\r\nabcd\r\n',
  'bob:the realm:‹0123456789abcdef0123456789abcdef›',
  'bob:realm:‹0123456789ABCDEF0123456789ABCDEF›\r\nx',
  'bob:realm:0123456789abcdef0123456789abcde',
  'bob:realm:0123456789abcdef0123456789abcdef0',
  'b b:realm:0123456789abcdef0123456789abcdef',
  'ConvertTo-SecureString "‹ab cd›" -AsPlainText',
  "convertto-securestring -String '‹abcd›'",
  'ConvertTo-SecureString $a',
];

const pairs: readonly Row[] = [
  '{password, "‹abcd›"}',
  '{ password , <<"‹abcd›">>}',
  '{password,\n "‹abcd›"}',
  '{hostname, "abcd"}',
  '{password, abcd}',
  '{:password "‹abcd›" :a "b"}',
  '(:client-secret "‹abcd›")',
  '{:password, "‹abcd›"}',
  'a:password "abcd"',
  '::password "abcd"',
  '{:password ""}',
  '{:password "", :a "b"}',
  '{:code "invalid_request"}',
  '{:code "‹aBc1dEf2›"}',
  '{:password "…cd"}',
  's:8:"password";s:4:"‹abcd›";',
  's:4:"name";s:4:"abcd";',
  's:8:"password";i:1;',
];

const copies: readonly Row[] = [
  'COPY a (id, token) FROM stdin;\n1\t‹abcd›\n2\t‹efgh›\n\\.\n3\tijkl',
  'copy public."a" ("id", "token", x) from stdin;\n1\t‹abcd›\tx\n\\.\n',
  'COPY a (token) FROM STDIN;\n‹abcd›\n\\N\n\n‹…›'.replace('‹…›', '…x'),
  'COPY a (token, n) FROM stdin WITH (FORMAT csv);\n"‹abcd›",1\n‹efgh›,2\n\\.\n',
  'COPY a (token, n) FROM stdin;\n‹abcd,1›\n',
  'COPY a (id, name) FROM stdin;\n1\tabcd\n\\.\n',
  'COPY a (token) TO stdout;\nabcd\n',
  'COPY a (token) FROM stdin;\n\\.\nabcd\nCOPY b (pin) FROM stdin;\n‹1234›\n\\.',
  'COPY a (token) FROM stdin;\r\n‹abcd›\r\n\\.\r\n',
];

const plain = (row: Row) => row.replaceAll(/[‹›]/g, '');
const last = (secret: string) =>
  `…${secret.slice(secret.length - Math.min(6, Math.floor(secret.length / 4)))}`;

for (const [what, rows, redact] of [
  ['commands', commands, redactOptions],
  ['files and protocols', files, redactKnownFiles],
  ['pairs', pairs, redactPairs],
  ['dumps', copies, redactInserts],
] as const satisfies readonly (readonly [
  string,
  readonly Row[],
  (text: string, seen: Seen | undefined) => string,
])[])
  describe(`the secrets of ${what}`, () => {
    for (const row of rows)
      it(row, () => {
        const told: string[] = [];
        const shown = redact(plain(row), (secret) => told.push(secret));
        assert.equal(
          shown,
          row.replaceAll(/‹([^›]*)›/g, (_, secret: string) => last(secret)),
        );
        assert.deepEqual(
          told,
          Array.from(row.matchAll(/‹([^›]*)›/g), ([, secret]) => secret),
        );
        assert.equal(redact(shown, undefined), shown, 'What is masked stays as it is.');
      });
  });
