import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { credentialParts } from '../../../src/core/http/credentialParts.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import { redactTables } from '../../../src/core/http/redactTables.ts';
import { secretsIn } from '../../../src/core/http/secrets.ts';

const S = 'q7Rk2vXb9+LmN/4pTs6wYz8Hd';
const b = 'https://as.example.com/token';
const j = JSON.stringify;
const p = encodeURIComponent;
const b64 = (text: string) => Buffer.from(text).toString('base64');
const request = { method: 'POST', url: b, headers: [] };
const response = { status: 200, statusText: '', headers: [], body: '' };
const res = (over: Partial<Exchange['response']>): Partial<Exchange> => ({
  response: { ...response, ...over },
});
const req = (over: Partial<Exchange['request']>): Partial<Exchange> => ({ request: { ...request, ...over } });
const sb = (body: string, type = 'text/plain') => req({ body, headers: [['content-type', type]] });
const gb = (body: string, type = 'text/plain') => res({ body, headers: [['content-type', type]] });
const gh = (name: string, value: string) => res({ headers: [[name, value]] });
const sh = (name: string, value: string) => req({ headers: [[name, value]] });
const u = (url: string) => req({ url });

/** Where a secret stands under a name, and nothing else says that it is one. */
const places: Readonly<Record<string, Partial<Exchange>>> = {
  multipartReq: sb(
    `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${S}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartFilename: sb(
    `--b\r\nContent-Disposition: form-data; filename="a.txt"; name="password"\r\nContent-Type: text/plain\r\n\r\n${S}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartJsonPart: sb(
    `--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n${j({ access_token: S })}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartUnquoted: sb(
    `--b\nContent-Disposition: form-data; name=password\n\n${S}\n--b--\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartB64: sb(
    `--b\r\nContent-Disposition: form-data; name=password\r\nContent-Transfer-Encoding: base64\r\n\r\n${b64(S)}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartPreamble: sb(
    `preamble\r\n--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${S}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartRes: gb(
    `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${S}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  multipartMixed: gb(
    `--b\r\nContent-Type: application/json\r\n\r\n${j({ access_token: S })}\r\n--b--\r\n`,
    'multipart/mixed; boundary=b',
  ),
  sentenceInQuotes: gb(`refused: token = "${S} has expired"`),
  soap: gb(
    `<?xml version="1.0"?><s:Envelope><s:Body><wsse:Password Type="x">${S}</wsse:Password></s:Body></s:Envelope>`,
    'text/xml',
  ),
  soapReq: sb(
    `<?xml version="1.0"?><s:Envelope><s:Body><wsse:Password Type="x">${S}</wsse:Password></s:Body></s:Envelope>`,
    'text/xml',
  ),
  soapCdata: gb(`<a><Password><![CDATA[${S}]]></Password></a>`, 'text/xml'),
  soapAttr: gb(`<a password="${S}" b="1"/>`, 'text/xml'),
  soapNamed: gb(`<add key="ClientSecret" value="${S}" />`, 'text/xml'),
  soapEntity: gb(`<a><password>${S.replace('+', '&#43;')}</password></a>`, 'text/xml'),
  setCookiePct: gh('Set-Cookie', `sid=${p(S)}; Path=/; HttpOnly`),
  setCookieQuoted: gh('Set-Cookie', `sid="${S}"; Path=/; HttpOnly`),
  setCookiePctJson: gh('Set-Cookie', `auth=${p(j({ access_token: S }))}; Path=/`),
  setCookieJ: gh('Set-Cookie', `auth=${p('j:' + j({ access_token: S }))}; Path=/`),
  setCookieForm: gh('Set-Cookie', `auth=a=1&token=${p(S)}; Path=/`),
  setCookieB64Json: gh('Set-Cookie', `auth=${b64(j({ access_token: S }))}; Path=/`),
  cookiePct: sh('Cookie', `a=1; sid=${p(S)}`),
  cookieQuoted: sh('Cookie', `a=1; sid="${S}"`),
  jsonInForm: sb(`a=1&data=${p(j({ client_secret: S }))}`, 'application/x-www-form-urlencoded'),
  jsonInFormRes: gb(`a=1&data=${p(j({ client_secret: S }))}`, 'application/x-www-form-urlencoded'),
  formInJson: sb(j({ body: `a=1&client_secret=${p(S)}` }), 'application/json'),
  formInJsonRes: gb(j({ body: `client_secret=${p(S)}` }), 'application/json'),
  jsonInJson: gb(j({ body: j({ x: { access_token: S } }) }), 'application/json'),
  xmlInJson: gb(j({ body: `<a><password>${S.replace('&', '&amp;')}</password></a>` }), 'application/json'),
  urlInJson: gb(j({ next: `https://a.example/?token=${p(S)}` }), 'application/json'),
  urlInText: gb(`go to https://a.example/?token=${p(S)} now`),
  pairInJson: gb(j([{ name: 'client_secret', value: S }]), 'application/json'),
  b64Json: gb(j({ payload: b64(j({ access_token: S })) }), 'application/json'),
  link: gh('Link', `<https://a.example/?access_token=${p(S)}&x=1>; rel="next"`),
  location: gh('Location', `https://a.example/cb?code=${p(S)}&state=1`),
  locationFrag: gh('Location', `https://a.example/cb#access_token=${p(S)}&state=1`),
  locationNested: gh('Location', `https://a.example/login?next=${p(`https://b.example/?code=${p(S)}`)}`),
  refresh: gh('Refresh', `0; url=https://a.example/cb?code=${p(S)}`),
  contentLocation: gh('Content-Location', `/x?token=${p(S)}`),
  referer: sh('Referer', `https://a.example/?code=${p(S)}`),
  origUrl: sh('X-Original-URL', `/cb?code=${p(S)}`),
  userinfo: u(`https://me:${p(S)}@as.example.com/x`),
  userinfoLoc: gh('Location', `https://me:${p(S)}@as.example.com/x`),
  userinfoBody: gb(`see https://me:${p(S)}@as.example.com/x`),
  fragUrl: u(`https://a.example/cb#id_token=${p(S)}`),
  fragQuery: u(`https://a.example/#/route?access_token=${p(S)}`),
  matrix: u(`https://a.example/x;jsessionid=${p(S)}?a=1`),
  semi: u(`https://a.example/x?a=1;token=${p(S)}`),
  nestedUrl: u(`https://a.example/x?next=${p(`https://b.example/?token=${p(S)}`)}`),
  bracket: u(`https://a.example/x?user[password]=${p(S)}`),
  hidden: gb(`<form action="x"><input type="hidden" name="SAMLResponse" value="${S}"/></form>`, 'text/html'),
  formAction: gb(`<form action="https://a.example/cb?code=${p(S)}&amp;state=x"></form>`, 'text/html'),
  formActionAmp: gb(`<form action="https://a.example/cb?state=x&amp;code=${p(S)}"></form>`, 'text/html'),
  metaRefresh: gb(
    `<meta http-equiv="refresh" content="0;url=https://a.example/cb?code=${p(S)}">`,
    'text/html',
  ),
  metaCsrf: gb(`<meta name="csrf-token" content="${S}">`, 'text/html'),
  script: gb(`<script>var config = {"access_token":"${S}"};</script>`, 'text/html'),
  scriptSingle: gb(`<script>var access_token = '${S}';</script>`, 'text/html'),
  scriptKey: gb(`<script>window.x = {accessToken: '${S}', b: 1};</script>`, 'text/html'),
  scriptLoc: gb(`<script>location.href="https://a.example/cb?code=${p(S)}"</script>`, 'text/html'),
  scriptJsonUni: gb(`<script>location="https://a.example/cb?a=1\\u0026code=${p(S)}"</script>`, 'text/html'),
  dataAttr: gb(`<div data-access-token="${S}"></div>`, 'text/html'),
  textarea: gb(`<textarea name="client_secret">${S}</textarea>`, 'text/html'),
  wwwAuth: gh('WWW-Authenticate', `Bearer realm="x", access_token="${S}"`),
  wwwAuthTok: gh('WWW-Authenticate', `Foo token=${S}`),
  authAws: sh(
    'Authorization',
    `AWS4-HMAC-SHA256 Credential=AKIA/20200101/x, SignedHeaders=host, Signature=${S}`,
  ),
  authParam: sh('Authorization', `Token token="${S}"`),
  authOauth1: sh('Authorization', `OAuth oauth_consumer_key="a", oauth_token="${p(S)}", oauth_signature="x"`),
  authNoScheme: sh('Authorization', S),
  proxyAuth: sh('Proxy-Authorization', `Basic ${b64('me:' + S)}`),
  xDebugUrl: gh('X-Debug', `url=https://a.example/?client_secret=${p(S)}`),
  trailer: gh('X-Auth-Token', S),
  clientCert: sh('X-Forwarded-Authorization', `Bearer ${S}`),
  headerJson: gh('X-Debug', j({ access_token: S })),
  headerForm: gh('X-Debug', `client_secret=${p(S)}&a=1`),
  yaml: gb(`a: 1\napi_key: ${S}\nb: 2`),
  yamlBlock: gb(`a: 1\nprivate_key: |\n  ${S}\n  x\nb: 2`),
  props: gb(`db.password=${S}\nb=2`),
  ini: gb(`[default]\naws_secret_access_key = ${S}\n`),
  ndjson: gb(`{"a":1}\n{"access_token":"${S}"}\n`, 'application/x-ndjson'),
  sse: gb(`event: x\ndata: {"access_token":"${S}"}\n\n`, 'text/event-stream'),
  jsonp: gb(`cb({"access_token":"${S}"});`),
  xssi: gb(`)]}',\n{"access_token":"${S}"}`),
  xssi2: gb(`while(1);{"access_token":"${S}"}`),
  bomJson: gb(`\uFEFF{"access_token":"${S}"}`),
  cutJson: gb(`{"a":1,"access_token":"${S}`),
  jsonSingle: gb(`{'access_token': '${S}', 'a': 1}`),
  json5: gb(`{access_token: "${S}", a: 1}`),
  statusText: res({ statusText: `token=${S}` }),
  headerName: gh('X-A', `Bearer ${S}`),
  graphQl: sb(j({ query: `mutation { login(password: "${S}") { token } }` }), 'application/json'),
  graphQlVars: sb(j({ query: 'x', variables: { password: S } }), 'application/json'),
  curlInBody: gb(`curl -H "Authorization: Bearer ${S}" https://x`),
  jsonHeaders: gb(j({ headers: { Authorization: `Bearer ${S}` } }), 'application/json'),
  jsonHeadersBasic: gb(j({ headers: { Authorization: `Basic ${b64('me:' + S)}` } }), 'application/json'),
  jsonHeaderArr: gb(j({ headers: [['authorization', `Bearer ${S}`]] }), 'application/json'),
  harLike: gb(j({ headers: [{ name: 'Authorization', value: `Bearer ${S}` }] }), 'application/json'),
  errorMsg: { error: { code: 'x', message: `GET https://a.example/?token=${p(S)} failed` } },
  ignored: { ignored: { expected: 'x', received: `/cb?code=${p(S)}` } },
  deviation: { deviations: [{ code: 'x', message: `/cb?code=${p(S)}`, source: 'y' }] },
  headerCR: gh('X-Debug', `a Bearer ${S}`),
  csv: gb(`client_id,client_secret,redirect\r\nme,${S},https://a.example\r\n`, 'text/csv'),
  csvSemicolons: gb(`\uFEFFsep=;\nName;Client Secret;Note\nme;${S};x\nyou;;y\n`, 'text/csv'),
  csvTabs: sb(`id\tapi_key\tnote\n1\t${S}\tx y\n2\t${S}\tz`, 'text/tab-separated-values'),
  csvQuoted: gb(`"id","refresh_token"\n"a ""b"", c\nd","${S}"\n`, 'text/csv'),
  csvAfterWords: gb(`Export of today\n\nid,password\n1,${S}\n\nBye`),
  csvOneColumn: gb(`access_token\n${S}\n`, 'text/csv'),
  csvInJson: gb(j({ file: `id,password\n1,${S}` }), 'application/json'),
  csvInPart: sb(
    `--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,token\r\n1,${S}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  markdownTable: gb(`| id | client_secret |\n|----|:-----:|\n| a | \`${S}\` |\n`),
  curlUser: gb(`curl -u me:${S} https://x`),
  curlUserQuoted: gb(`try curl -sSu 'me:${S}' https://x`),
  curlUserLong: gb(j({ error_description: `curl --user "me:${S}" https://x` }), 'application/json'),
  curlUserEquals: gb(`<pre>curl --user=me:${S} -d a=b https://x</pre>`, 'text/html'),
  curlUserJoined: gb(`curl https://x -ume:${S}`),
  curlProxyUser: gb(`curl --proxy-user me:${S} https://x`),
  curlList: gb(j(['curl', '-u', `me:${S}`, 'https://x']), 'application/json'),
  curlBearer: gb(`curl --oauth2-bearer ${S} https://x`),
  httpie: gb(`http -a me:${S} GET https://x`),
  option: gb(`az login --client-secret ${S}`),
  optionList: gb(j({ args: ['--password', S, 'x'] }), 'application/json'),
  cookieInBody: gb(`GET / HTTP/1.1\r\nHost: x\r\nCookie: a=1; sid=${S}\r\n\r\n`),
  setCookieInBody: gb(`HTTP/1.1 200 OK\r\nSet-Cookie: sid=${S}; Path=/; HttpOnly\r\n\r\n{}`),
  cookieInCurl: gb(`curl -H 'Cookie: a=1; sid=${S}' https://x`),
  cookieOption: gb(`curl -b 'a=1; sid=${S}' https://x`),
  cookieInJson: gb(j({ request: { headers: { cookie: `a=1; sid=${S}` } } }), 'application/json'),
  setCookieInJson: gb(j({ 'set-cookie': [`sid=${S}; Path=/`] }), 'application/json'),
  cookieInPage: gb(`<pre>Cookie: a=1; sid=${S}\nHost: x</pre>`, 'text/html'),
  trace: gb(`TRACE / HTTP/1.1\r\nAuthorization: Bearer ${S}\r\n\r\n`, 'message/http'),
  traceBasic: gb(`TRACE / HTTP/1.1\r\nAuthorization: Basic ${b64('me:' + S)}\r\n\r\n`, 'message/http'),
  verbose: gb(`> GET / HTTP/1.1\n> Authorization: Bearer ${S}\n< Set-Cookie: sid=${S}\n`),
  digest: sh('Authorization', `Digest username="me", realm="r", uri="/", response="${S}"`),
  digestInBody: gb(`> Authorization: Digest username="me", uri="/", response="${S}", qop=auth`),
  digestInCurl: gb(`curl -H 'Authorization: Digest username="me", response="${S}"' https://x`),
  authInfo: gh('Authentication-Info', `nextnonce="x", rspauth="${S}", qop=auth`),
  authInfoInBody: gb(`HTTP/1.1 200 OK\r\nAuthentication-Info: nextnonce="${S}"\r\n\r\n`),
  chunked: gb(`14\r\n{"access_token":"${S.slice(0, 3)}\r\n18\r\n${S.slice(3)}"}\r\n0\r\n\r\n`),
  chunkedAnswer: gb(
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ntoken=${S.charAt(0)}\r\n18;x=y\r\n${S.slice(1)}\r\n0\r\n\r\n`,
  ),
  utf16: gb(Buffer.from(`\uFEFF${j({ access_token: S })}`, 'utf16le').toString('utf8')),
  utf16Big: gb(Buffer.from(`client_secret=${S}&a=1`, 'utf16le').swap16().toString('utf8')),
  utf16Request: sb(Buffer.from(`password: ${S}`, 'utf16le').toString('utf8')),
  markdownBold: gb(`| **a** | **client_secret** |\n|---|---|\n| x | \`${S}\` |\n`),
  markdownLink: gb(
    `| what is said in many words here | [token](https://x.example/y) |\n|---|---|\n| x | ${S} |\n`,
  ),
  markdownRows: gb(`| name | value |\n|---|---|\n| \`client_secret\` | \`${S}\` |\n`),
  drawnColumn: gb(`+-------+\n| token |\n+-------+\n| ${S} |\n+-------+\n| ${S}b |\n+-------+\n`),
  drawnRows: gb(`+---------------+-----+\n| client_secret | ${S} |\n+---------------+-----+\n`),
  boxTable: gb(`┌────┬───┐\n│ id │ password │\n├────┼───┤\n│ 1 │ ${S} │\n└────┴───┘\n`),
  drawnTwice: gb(
    `| a long name of words | token |\n|---|---|\n| token | a |\n| ${S} | x |\n| "a | b |\n| token | c |\n| ${S} | x |\n`,
  ),
  htmlColumn: gb(
    `<table><tr><th>id</th><th scope="col">Client Secret</th></tr>\n<tr><td>me</td>\n<td><code>${S}</code></td></tr></table>`,
  ),
  htmlUnclosed: gb(`<table><tr><th>id<th>password<tr><td>1<td>${S}</table>`),
  htmlRow: gb(`<table><tr><td><b>Client secret:</b></td> <td><span>${S}</span></td></tr></table>`),
  htmlRowHead: gb(`<table><tr><th>client_secret</th><td>${S}</td></tr></table>`),
  htmlList: gb(`<dl><dt>a</dt><dd>b</dd><dt>API key</dt><dd>${S}</dd><dd>${S}</dd></dl>`),
  longName: sb(`client_secret${'_'.repeat(300)}=${p(S)}`, 'application/x-www-form-urlencoded'),
  fileName: sb(
    `--b\r\nContent-Disposition: form-data; name="file"; filename="client_secret.txt"\r\n\r\n${S}\r\n--b--\r\n`,
    'multipart/form-data; boundary=b',
  ),
  cookie2: gh('Set-Cookie2', `sid=${S}`),
  session: sh('X-Session', S),
  authentication: sh('Authentication', S),
  hookSignature: sh('X-Hub-Signature-256', S),
  ntlm: gh('WWW-Authenticate', `NTLM ${S}`),
  apiKeyScheme: gb(`Use ApiKey ${S} or SSWS ${S}`),
  api: {
    purpose: 'api',
    ...sb(
      `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${S}\r\n--b--\r\n`,
      'multipart/form-data; boundary=b',
    ),
  },
};

const base: Exchange = {
  ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: 0, deviations: [] },
  request,
};
const echo: Exchange = { ...base, id: 2, response: { ...response, body: `you said ${S} to us` } };
const pieces = [S, p(S), j(S).slice(1), b64(S)].map((text) => text.slice(0, 12));

describe('a secret that only its name gives away', () => {
  for (const [place, over] of Object.entries(places))
    it(`is masked where it stands and wherever else it occurs: ${place}`, () => {
      const shown = redactExchanges([{ ...base, ...over }, echo]).map((one) =>
        j(one).replaceAll('\\u0000', ''),
      );
      for (const piece of pieces)
        assert.ok(
          shown.every((text) => !text.includes(piece)),
          shown.join('\n'),
        );
    });

  it('is looked for in a private key, too', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----';
    const spaced = pem.replaceAll(/(?<=-)(?=[A-Z])|(?<=[A-Z])(?=-)/g, ' ').toLowerCase();
    const pgp = pem.replaceAll('PRIVATE KEY', 'PGP PRIVATE KEY BLOCK');
    for (const written of [pem, spaced, pgp, p(pem), p(pgp)])
      assert.doesNotMatch(j(redactExchanges([{ ...base, ...gb(`see ${written}`) }])), /MIIEvQIB/i, written);
  });

  it('is masked in what looks like a token', () => {
    const head = b64('{ "alg":"HS256"}').replaceAll('=', '');
    for (const token of [
      `${head}.eyJzdWIiOiJqb2UifQ.MIIEvQIBaaaaaaaaa`,
      'eyJhbGciOiJkaXIifQ..MTIzNDU2Nzg5MDEyMzQ1Ng.MIIEvQIB.XFBoMYUZodetZdvTiFvSkQ',
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2UifQ.aaaaaaaa~MIIEvQIBaaa~aaaaaaaaaaaaa~',
      'v2.local.MIIEvQIBaaaaaaaaaaaaa',
    ])
      assert.doesNotMatch(j(redactExchanges([{ ...base, ...gb(`is ${token}`) }])), /MIIEvQIB/, token);
  });
});

/** One exchange, and every secret that is looked for because of it. */
const known: readonly (readonly [what: string, over: Partial<Exchange>, ...secrets: readonly string[]])[] = [
  ['nothing', {}],
  ['what the request says is secret', req({ secrets: ['abcd', 'abc', 'efgh'] }), 'abcd', 'abc', 'efgh'],
  ['our form', sb('a=bcde&token=x%2By1z+2'), 'x+y1z 2'],
  ['our form with JSON in it', sb('a=%7B%22token%22%3A%22abcd%22%7D'), 'abcd'],
  ['our JSON', sb(j({ token: 'abcd', user: { password: 'efgh', name: 'ijkl' } })), 'abcd', 'efgh'],
  ['our words', sb('say token: q7Rk2vXb'), 'q7Rk2vXb'],
  ['our code', sb('code=AADSTS50011'), 'AADSTS50011'],
  ['their JSON', gb(j({ token: 'abcd', list: [{ secret: 'efgh' }] })), 'abcd', 'efgh'],
  ['their form', gb('token=abcd&x=efgh'), 'abcd'],
  [
    'numbers and lists',
    gb(j({ pin: 123456, password: [1234, { a: 'efgh' }], n: 5678 })),
    '123456',
    '1234',
    'efgh',
  ],
  ['no flag and nothing', gb(j({ token: null, password: true, secret: 'abcd' })), 'abcd'],
  ['an error code', gb(j({ code: 'AADSTS50011', token: 'abcd' })), 'abcd'],
  ['a code that is none', gb(j({ code: 'ab/1cd' })), 'ab/1cd'],
  ['a key', gb(j({ kty: 'oct', k: 'abcd', kid: 'efgh' })), 'abcd'],
  ['no key', gb(j({ k: 'abcd', d: 'efgh' }))],
  ['a list whose places are no names', gb(j([['token', 'abcd']]))],
  ['null', gb('null')],
  ['our address', u('https://a.example/x?token=ab%2Bcd&b=efgh#code=ijkl'), 'ab+cd', 'ijkl'],
  ['a password in an address', u('https://me:ab%2Bcd@a.example/x'), 'ab%2Bcd', 'ab+cd'],
  ['a name alone in an address', u('https://abcd%2Fe@a.example/x'), 'abcd%2Fe', 'abcd/e'],
  ['no address', u('@@')],
  ['an address in an address', u(`https://a.example/?u=${p('https://b.example/?token=ab%2Bcd')}`), 'ab+cd'],
  ['Authorization', sh('Authorization', 'Bearer abcd'), 'abcd'],
  ['a scheme and blanks', sh('authorization', 'Bearer   abcd '), 'abcd'],
  ['no scheme', sh('Authorization', 'abcd'), 'abcd'],
  ['Proxy-Authorization', sh('Proxy-Authorization', `Basic ${b64('me:abcd')}`), b64('me:abcd'), 'abcd'],
  [
    'Basic that was encoded',
    sh('Authorization', `Basic ${b64('me:a%2Bbcd')}`),
    b64('me:a%2Bbcd'),
    'a%2Bbcd',
    'a+bcd',
  ],
  ['cookies', sh('Cookie', 'a=abcd; b=e%20fgh;ijkl'), 'abcd', 'e%20fgh', 'e fgh', 'ijkl'],
  ['a cookie that is set', gh('Set-Cookie', 'a=abcd; Path=/efgh'), 'abcd'],
  [
    'a cookie with JSON',
    gh('Set-Cookie', `a=${p('j:{"token":"ab1cd"}')}; x`),
    p('j:{"token":"ab1cd"}'),
    'j:{"token":"ab1cd"}',
    'ab1cd',
  ],
  ['a field like a cookie', gh('X-Debug', `a=${p('j:{"token":"ab1cd"}')}`), 'ab1cd'],
  ['Location', gh('Location', '/cb?code=abcd&x=efgh#token=ijkl'), 'abcd', 'ijkl'],
  ['Content-Location', gh('Content-Location', '/cb?code=abcd'), 'abcd'],
  ['Referer', sh('Referer', 'https://a.example/?code=abcd'), 'abcd'],
  ['an address in another field', gh('X-Url', 'https://a.example/?code=ab1cd'), 'ab1cd'],
  ['a field called a secret', sh('X-Api-Key', 'abcd'), 'abcd'],
  ['a field with parts', gh('X-Auth-Token', 'Bearer abcd'), 'Bearer abcd', 'abcd'],
  ['a field of no secret', gh('X-Request-Id', 'abcd')],
  ['a status', res({ statusText: 'token=q7Rk2vXb' }), 'q7Rk2vXb'],
  ['an error', { error: { code: 'x', message: 'token=q7Rk2vXb' } }, 'q7Rk2vXb'],
  ['what was not expected', { ignored: { expected: 'x', received: '/cb?code=q7Rk2vXb' } }, 'q7Rk2vXb'],
  ['what deviates', { deviations: [{ code: 'x', message: 'token=q7Rk2vXb', source: 'y' }] }, 'q7Rk2vXb'],
  ['our JSON with a code', sb(j({ code: 'AADSTS50011' })), 'AADSTS50011'],
  [
    'the JSON with a code of a request that is the user’s own',
    { purpose: 'api', ...sb(j({ code: 'AADSTS50011' })) },
    'AADSTS50011',
  ],
  ['a password of letters in an address', u('https://name:abcd@a.example/x'), 'abcd'],
  ['a name of letters in an address', u('https://abcd@a.example/x'), 'abcd'],
  ['JSON with nothing behind the secret', gb(j({ token: 'abcd', a: null })), 'abcd'],
  ['JSON with a flag behind the secret', gb(j({ token: 'abcd', a: true })), 'abcd'],
  [
    'a cookie with JSON that is no word',
    gh('Set-Cookie', `ab=${p('j:{"token":"ab1c d"}')}`),
    p('j:{"token":"ab1c d"}'),
    'j:{"token":"ab1c d"}',
    'ab1c+d',
  ],
  ['a cookie with blanks', sh('Cookie', 'a= abcd ; b'), 'abcd'],
  ['no scheme, and a blank', sh('Authorization', ' abcd'), 'abcd'],
  ['a cookie in words', gb('Cookie: a=b1cde'), 'a=b1cde', 'b1cde'],
  ['what is too short', gb(j({ token: 'abc' }))],
  ['what is shown already', gb('say token: …abcdefg1')],
];

describe('what is looked for in all that is shown', () => {
  for (const [what, over, ...secrets] of known)
    it(`is in ${what}`, () => {
      assert.deepEqual(secretsIn([{ ...base, ...over }]).toSorted(), [...new Set(secrets)].toSorted());
    });

  it('is of what others wrote no more than a hundred, and no longer than 20,000 characters', () => {
    const pairs = Array.from({ length: 150 }, (_, at) => [`a${at}_token`, `abcd${at}`]);
    const all = secretsIn([{ ...base, ...gb(j(Object.fromEntries(pairs))) }]);
    assert.equal(all.length, 100);
    const short = [...pairs.map(([name]) => [name, 'a1']), ['x_token', 'abcd']];
    assert.deepEqual(secretsIn([{ ...base, ...gb(j(Object.fromEntries(short))) }]), ['abcd']);
    const numbered = [...pairs.map(([name], at) => [name, `${at}`.slice(0, 3)]), ['x_token', 'abcd']];
    assert.deepEqual(secretsIn([{ ...base, ...gb(j(Object.fromEntries(numbered.toReversed()))) }]), ['abcd']);
    const long = 'a1'.repeat(10_000);
    const told = (text: string) => secretsIn([{ ...base, ...gb(`token: ${text}`) }]).length;
    assert.deepEqual([told(long), told(`${long}b`)], [1, 0]);
  });

  it('is at the loopback and in the user’s own requests what others wrote', () => {
    const pairs = Array.from({ length: 150 }, (_, at) => `a${at}_token=abcd${at}`).join('&');
    const count = (over: Partial<Exchange>) => secretsIn([{ ...base, ...sb(pairs), ...over }]).length;
    assert.equal(count({}), 150);
    assert.equal(count({ purpose: 'api' }), 100);
    assert.equal(count({ leg: 'loopback' }), 100);
    const own = { request: { ...request, secrets: ['abcd'], headers: [['Cookie', 'a=efgh']] as const } };
    assert.deepEqual(secretsIn([{ ...base, ...own }]), ['abcd', 'efgh']);
    assert.deepEqual(secretsIn([{ ...base, ...own, leg: 'loopback' }]), ['efgh']);
    assert.deepEqual(secretsIn([{ ...base, ...own, purpose: 'api' }]), ['abcd', 'efgh']);
  });
});

describe('credentials in a sentence', () => {
  it('are all of the one word behind a name of several words, and end with the parameter in an address', () => {
    const shown = (body: string) => redactExchanges([{ ...base, ...gb(body) }])[0]?.response?.body;
    assert.equal(shown('Client secret: q7Rk2vXb9(LmN4pTs6,wYz8Hd'), 'Client secret: …wYz8Hd');
    assert.equal(shown('Client secret = q7Rk2vXb9;LmN4pTs6wYz8Hd'), 'Client secret = …wYz8Hd');
    assert.equal(shown('GET /x?token=q7Rk2vXb9LmN4&page=2'), 'GET /x?token=…mN4&page=2');
  });

  it('are masked behind Basic also where they have no digit', () => {
    const [shown] = redactExchanges([{ ...base, ...gb("curl -H 'Authorization: Basic dXNlcjpwYXNz' it") }]);
    assert.equal(shown?.response?.body, "curl -H 'Authorization: Basic …' it");
  });

  it('make no secret of the name of a parameter that follows the scheme', () => {
    assert.deepEqual(credentialParts('Digest username="bob", response="q7Rk2vXb9"'), ['q7Rk2vXb9']);
    assert.deepEqual(credentialParts('OAuth oauth_consumer_key="k1"'), []);
    assert.deepEqual(credentialParts('Bearer q7Rk2vXb9="'), ['q7Rk2vXb9=']);
  });
});

describe('tables', () => {
  it('are found behind many lines that look like their heads', () => {
    assert.ok(!redactTables(`${'token,a\nb\n'.repeat(500)}token,a\n${S},1\n`, undefined).includes(S));
  });

  it('of many columns whose rows are none are not looked at from each head to the end', ({ mock }) => {
    const text = `token${','.repeat(600)}\n"x","\n`.repeat(590);
    const quotes = mock.method(String.prototype, 'indexOf');
    assert.equal(redactTables(text, undefined), text);
    assert.ok(quotes.mock.callCount() < 20_000, String(quotes.mock.callCount()));
  });
});

describe('words that are no secrets', () => {
  it('stay behind options of commands that mean something else', () => {
    for (const body of [
      'newman run -u https://a.example/x1y2z3w4, then ls -a folder1',
      '["ls","-a","folder12345","-u","https://a.example/x1y2z3w4","x"]',
      'eyJhbGciOiJkaXIifQ and eyJhbGci... are cut, v2.local.example, NTLM authentication is required, ApiKey header',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="code.txt"\r\n\r\nlet it be\r\n--b--\r\n',
      '<table><tr><th>Token</th><th>Scope</th></tr><tr><td>Access token</td><td>openid profile</td></tr></table>',
      '<table><tr><th>type</th><th>tenant</th></tr><tr><td>token</td><td>1b0fa1f1-4a6c-4c2e</td></tr></table>',
      '<table><tr><td>token</td><td>a1b2c3d4e5f6</td><td>1b0fa1f1-4a6c</td></tr></table><p>1b0fa1f1-4a6c</p>',
      '<dl><dt>Token</dt><dd>https://a1.example/token</dd><dt>code</dt><dd>AADSTS50011</dd><dt>kid</dt><dd>a1b2c3d4e5f6</dd></dl>',
      '| type | tenant |\n|---|---|\n| token | 1b0fa1f1-4a6c-4c2e |\n',
      '| token | kid | a1b2c3d4e5f6 |\n',
      '| Token | https://a1.example/token |\n| code | AADSTS50011 |\n',
      '| some parameter of a flow | token |\n|---|---|\n| code | one that was issued |\n',
    ])
      assert.equal(redactExchanges([{ ...base, ...gb(body) }])[0]?.response?.body, body);
  });

  const words = [
    'The token: it has expired. Code: AADSTS50011, key: string',
    'Bearer realm="x", error="invalid_token", error_description="The access token expired"',
    'It says token=expired; code = invalid_grant',
    'Basic authentication-is-required here',
    'Enter user, password\nThen go on, please',
    'docker run --user root, see -u: a user',
    'Authorization: see the manual, which says how; cookie: none was sent',
    '5\r\nhello\r\n0\r\n\r\n',
  ];
  for (const text of words)
    it(`stay: ${text}`, () => {
      const over = { ...gh('X-Debug', text) };
      const [shown] = redactExchanges([{ ...base, ...over }]);
      assert.equal(shown?.response?.headers[0]?.[1], text);
      const [said] = redactExchanges([{ ...base, ...res({ body: `{"error_description":${j(text)}}` }) }]);
      assert.equal(said?.response?.body, `{"error_description":${j(text)}}`);
    });
});
