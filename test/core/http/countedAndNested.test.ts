// Names with a number behind, codes within what is called a verification, and phrases in quotes. Lines of programs and answers are from
// public repositories, as are some of the names; the values that are secret are made up.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';

function shown(body: string): string {
  const type = body.startsWith('{') ? 'application/json' : body.startsWith('<') ? 'text/xml' : 'text/plain';
  const exchange: Exchange = {
    ...{ id: 1, purpose: 'api', leg: 'extension', startedAt: 0, deviations: [] },
    request: { method: 'GET', url: 'https://api.example.com/', headers: [] },
    response: { status: 200, statusText: '', headers: [['content-type', type]], body },
  };
  return redactExchanges([exchange])[0]?.response?.body ?? '';
}

const S = 'hfdp7dh39dks9884';

describe('is masked', () => {
  for (const [text, secret] of [
    [`oauth_token=x&oauth_verifier=${S}`, S],
    [`{"oauth_verifier":"${S}"}`, S],
    [`{"pkce_verifier":"${S}"}`, S],
    [`{"token1":"${S}"}`, S],
    ['{"client_secret_2":"correcthorse"}', 'correcthorse'],
    ['accessToken2: correcthorse', 'correcthorse'],
    ['TOKEN1=correcthorse', 'correcthorse'],
    ['<r><verification><code>8910</code></verification></r>', '8910'],
    ['<r><s:Verification><to>ann</to><s:code>891044</s:code></s:Verification></r>', '891044'],
    ['{"verification":{"code":"8910"}}', '8910'],
    ['{"otp_verification":{"to":"ann","code":891044}}', '891044'],
    ['verification:\n  to: ann\n  code: 891044\n', '891044'],
    // Of more than one factor, in lists, and by which way they were sent.
    ...['mfa', 'recovery', 'twoFactor', 'two_factor', '2fa', 'totp', 'otp', 'sms'].map(
      (name) => [`{"${name}":{"code":"891044"}}`, '891044'] as const,
    ),
    ...['mfa', 'recovery', 'backup', 'twoFactor', '2fa'].map(
      (name) => [`{"${name}":{"codes":["8910-4432","abcd-efgh"]}}`, '8910'] as const,
    ),
    ['{"mfa":{"backup":{"codes":["8910443"]}}}', '8910443'],
    ['{"backup_codes":["8910443"],"recoveryCodes":["8910443"]}', '8910443'],
    ['{"verification":{"sms":{"code":"891044"}}}', '891044'],
    ['{"verification":{"data":{"email":{"code":891044}}}}', '891044'],
    ['{"verification":{"channels":[{"code":891044},{"code":891044}]}}', '891044'],
    ['<r><verification><verification>x</verification><code>8910</code></verification></r>', '8910'],
    ['verification:\n  sms:\n    code: 891044\n', '891044'],
    ['recovery:\n  codes:\n    - 8910-4432\n', '8910'],
    // What begins as what is masked does.
    [`{"token":"…${S}"}`, S],
    [`token: "…${S}"`, S],
    [`https://a.example/?token=…${S}`, S],
    [`<token>…${S}</token>`, S],
    [`<x token="…${S}"/>`, S],
    // An object that has the name of one.
    ['> token1: {"a":"q7RkTz04Lm2Xw9Yb"}', 'q7RkTz04Lm2Xw9Yb'],
    [`{"query":"curl -v -H 'token1: {\\"a\\":\\"q7RkTz04Lm2Xw9Yb\\"}'"}`, 'q7RkTz04Lm2Xw9Yb'],
    [`https://x/?q=${encodeURIComponent('> token1: {"a":"q7RkTz04Lm2Xw9Yb"}')}`, 'q7RkTz04Lm2Xw9Yb'],
    ['* Connected\n> GET / HTTP/1.1\n> token1: {"a":"q7RkTz04Lm2Xw9Yb"}\n', 'q7RkTz04Lm2Xw9Yb'],
    ['refused: token = "correct horse"', 'correct'],
    ['refused because client_secret="correct horse battery" is wrong', 'correct'],
    ['const accessToken = "correct horse battery";', 'battery"'],
    [`{"message":"secret = \\"correct horse\\" is wrong"}`, 'correct'],
  ] as const)
    it(text, () => assert.ok(!shown(text).includes(secret), shown(text)));
});

describe('stays', () => {
  for (const text of [
    // Of errors, states and countries.
    '<verification><status>passed</status><count>12345</count></verification>',
    '<verification>\n1. RED: run only the two new white-box tests\n</verification>',
    '<verification><error><code>E4010</code></error></verification>',
    '<r><verification><x>a</x></verification><code>8910</code></r>',
    '{"verification": {"status": "passed", "volume_fraction_ok": true}}',
    '{"verification": {"code": "not_found", "message": "no such verification"}}',
    '{"verification": {"code": 404, "message": "no such verification"}}',
    '{"verification": {"errors": [{"code": 10045}]}, "code": 10045}',
    '{"security":{"level":"high","code":"S12"}}',
    '{"verification":{"address":{"postal":{"code":30159}},"country":{"code":1276}}}',
    '{"mfa":{"error":{"code":10045}},"errors":{"codes":[10045]}}',
    '{"token":"…9884","password":"…d lang"}',
    'token: …9884',
    'refresh of the token failed: {"error":"expired","see":"https://as.example.com/errors"}',
    ...['error', 'user', 'device', 'status', 'country'].map((name) => `{"${name}":{"code":123456}}`),
    '{"postal":{"code":"30159"}}',
    'status:\n  code: 10045\nverification:\n  enabled: true\nother:\n  code: 10045\n',
    'verification: done\n  code: 10045\n',
    // With a number behind.
    '{"key1":"value1","key2":"value2"}',
    '{"auth0":{"domain":"acme.eu.auth0.com"}}',
    '{"oauth2":"https://as.example.com","http2":true}',
    '{"code1":"DE","code2":"AT"}',
    '{"session1":"Monday morning","ticket1":"HELP-12"}',
    '{"md5":"x","sha256":"y","base64":"z","utf8":true,"ipv6":"::1","h264":"main","es6":1}',
    '{"option1":"a","address1":"Main street 4","phone2":"+49 511 123","author1":"Ann"}',
    '{"first_pass2":"done","nextPageToken2":"abc"}',
    "new XoopsFormHiddenToken('token2')",
    'const { token1, token2 } = useLeverageTradingFormContext().formData',
    'let token2: string',
    // In quotes behind a name.
    'level=error msg="Invalid token. Please log in again."',
    'level=error token="is not valid any more" user=ann',
    'level=error token="has expired" user=ann',
    'refused: signature="does not match"',
    'refused: jwt="malformed or expired"',
    'refused: credential="is missing"',
    'refused: code="not the right one"',
    'static final String TESTED_CLASS_SIGNATURE = "L" + TESTED_CLASS_NAME.replace(\'.\', \'/\') + ";";',
    'final static signature = "int add(int a, int b)"',
  ])
    it(text, () => assert.equal(shown(text), text));
});

describe('a secret that begins as what is masked', () => {
  const secret = 'q7Rk2vXb9LmN4pTs6wYz';
  for (const text of [
    `{"password":"…ab ${secret}"}`,
    `password=…ab+${secret}&x=1`,
    `password: …ab ${secret}\n`,
    `id,password\n1,…ab ${secret}\n`,
    `<password>…ab ${secret}</password>`,
    `curl -u me:…${secret} https://a.example`,
    `curl -u me:${secret}… https://a.example`,
    `machine a login u password …${secret}`,
    `curl --client-secret …${secret} https://a.example`,
  ])
    it(text, () => assert.doesNotMatch(shown(text), /q7Rk2v/));
});
