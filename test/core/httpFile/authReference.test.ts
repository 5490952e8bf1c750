import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorizationsOf } from '../../../src/core/httpFile/authorization.ts';
import {
  profilesNamed,
  readAuthCall,
  readAuthHeader,
  referenceTo,
} from '../../../src/core/httpFile/authReference.ts';
import { recogniseDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { insertBearer, type Bearer } from '../../../src/core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../../src/core/httpFile/place.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';

const place = (text: string, headers = {}) => {
  const block = parseHttpFile(text).blocks[0];
  const request = block?.requests[0];
  assert.ok(block && request);
  return bearerPlace(text, block, request, 'name' in headers ? [headers as never] : []);
};

describe('a reference to a token', () => {
  it('is JetBrains’ and Kulala’s call, for the access token and the id_token', () => {
    for (const text of ['$auth.token("my-api")', " $auth.token( 'my-api' ) "])
      assert.deepEqual(readAuthCall(text), { id: 'my-api', token: 'access_token' });
    assert.deepEqual(readAuthCall('$auth.idToken("Orders API")'), { id: 'Orders API', token: 'id_token' });
    for (const text of [
      '$auth.token()',
      '$auth.token("")',
      '$auth.token(x)',
      '$auth.other("a")',
      'token("a")',
    ])
      assert.equal(readAuthCall(text), undefined, text);
  });

  it('is httpYac’s header, as its own pattern has it', () => {
    const ids: Readonly<Record<string, string | undefined>> = {
      'oauth2 client_credentials orders': 'orders',
      'openid code orders': 'orders',
      'OAuth2 authorization_code local': 'local',
      'oauth2 orders': 'orders',
      oauth2: 'oauth2',
      'oauth2 password': 'oauth2',
      'oauth2 client_credentials orders token_exchange gateway': 'gateway',
      'Bearer {{$auth.token("x")}}': 'x',
      '{{$auth.idToken("x")}}': 'x',
      'Bearer {{token}}': undefined,
      'Basic abc': undefined,
    };
    for (const [header, id] of Object.entries(ids)) assert.equal(readAuthHeader(header)?.id, id, header);
  });

  it('names a profile by its id, else by its name', () => {
    const profiles = [
      { id: 'a', name: 'Orders' },
      { id: 'orders', name: 'Other' },
    ];
    const ids = (id: string) => profilesNamed(profiles, id).map((profile) => profile.id);
    assert.deepEqual([ids('orders'), ids('OTHER'), ids('none')], [['orders'], ['orders'], []]);
  });

  it('names what was imported from several environments', () => {
    const profiles = [
      { id: 'orders-dev', name: 'orders (dev)' },
      { id: 'orders-prod', name: 'orders (prod)' },
    ];
    assert.deepEqual(profilesNamed(profiles, 'Orders'), profiles);
  });

  it('is seen where it stands, and stands for a profile’s token', () => {
    assert.deepEqual(place('GET https://a\nAuthorization: Bearer {{$auth.token("x")}}\n'), {
      ...{ way: 'reference', id: 'x', line: 1, value: 'Bearer {{$auth.token("x")}}' },
    });
    assert.equal(place('GET https://a\nAuthorization: oauth2 client_credentials x\n').way, 'reference');
    assert.equal(place('GET https://a\nAuthorization: Bearer {{x}}\n').way, 'environment');
  });

  it('tells whose file it is', () => {
    assert.equal(recogniseDialect('GET https://a\nAuthorization: oauth2 client_credentials x\n'), 'httpyac');
    assert.equal(recogniseDialect('# @kulala-x\nGET https://a?t={{$auth.token("x")}}\n'), 'kulala');
  });

  it('is filled in by what the sender knows, anywhere in the request', () => {
    const text =
      'POST https://a/?t={{$auth.token("x")}}\nX-T: {{$auth.idToken("y")}}\n\n{{ $auth.token("x") }}\n';
    const block = parseHttpFile(text).blocks[0];
    const request = block?.requests[0];
    assert.ok(block && request);
    const { unresolved } = readRequest(text, block, request);
    assert.deepEqual(
      unresolved.map(readAuthCall).sort((a, b) => (a?.id ?? '').localeCompare(b?.id ?? '')),
      [
        { id: 'x', token: 'access_token' },
        { id: 'y', token: 'id_token' },
      ],
    );
    const { url, headers, body } = readRequest(text, block, request, {
      source: (name) => readAuthCall(name)?.id,
    });
    assert.deepEqual([url, headers, body], ['https://a/?t=x', [['X-T', 'y']], [{ kind: 'text', text: 'x' }]]);
  });
});

describe('inserting a reference', () => {
  const put = (text: string, bearer: Bearer, replace = true) => {
    const edit = insertBearer(text, parseHttpFile(text), 0, bearer, { replace });
    assert.ok(edit.kind === 'edits');
    return applyEdits(text, edit.edits);
  };
  const profile = { id: 'orders', grant: 'client_credentials' } as const;

  it('writes what the tool resolves by itself, and no token', () => {
    const value = referenceTo('jetbrains', profile);
    assert.equal(value, 'Bearer {{$auth.token("orders")}}');
    const after = put('GET https://a\n', { way: 'reference', value });
    assert.equal(after, 'GET https://a\nAuthorization: Bearer {{$auth.token("orders")}}\n');
    assert.equal(put(after, { way: 'reference', value }, false), after);
    assert.equal(referenceTo('httpyac', profile), 'oauth2 client_credentials orders');
  });

  it('knows which token, which header, and what httpYac cannot get', () => {
    assert.equal(
      referenceTo('jetbrains', { ...profile, sentToken: 'id_token' }),
      'Bearer {{$auth.idToken("orders")}}',
    );
    assert.equal(
      referenceTo('jetbrains', { ...profile, tokenHeader: 'X-Access-Token' }),
      '{{$auth.token("orders")}}',
    );
    for (const change of [{ sentToken: 'id_token' }, { tokenHeader: 'X-T' }, { grant: 'saml_bearer' }])
      assert.equal(referenceTo('httpyac', { ...profile, ...(change as object) }), undefined);
  });
});

describe('another header than Authorization', () => {
  const header = { name: 'X-Access-Token', prefix: '' };
  const insert = (text: string, bearer: Bearer) => {
    const edit = insertBearer(text, parseHttpFile(text), 0, bearer);
    return edit.kind === 'edits' ? applyEdits(text, edit.edits) : edit.kind;
  };

  it('is added, replaced, and Authorization stays', () => {
    const text = 'GET https://a\nAuthorization: Basic abc\n\nX-Access-Token: body\n';
    const once = insert(text, { way: 'literal', token: 'T1', header });
    assert.equal(
      once,
      'GET https://a\nX-Access-Token: T1\nAuthorization: Basic abc\n\nX-Access-Token: body\n',
    );
    assert.equal(insert(once, { way: 'literal', token: 'T2', header }), once.replace('T1', 'T2'));
    assert.equal(
      insert('GET https://a\nx-access-token:\n', { way: 'environment', name: 'v', header }),
      'GET https://a\nx-access-token: {{v}}\n',
    );
    assert.equal(
      insert('GET https://a\nX-Access-Token: {{other}}\n', { way: 'environment', name: 'v', header }),
      'replace',
    );
  });

  it('has another word before the token', () => {
    const github = { name: 'Authorization', prefix: 'token ' };
    assert.equal(
      insert('GET https://a\nAuthorization: token old\n', { way: 'literal', token: 'T', header: github }),
      'GET https://a\nAuthorization: token T\n',
    );
  });

  it('is where the token of a profile is found', () => {
    const text = 'GET https://a\nX-Access-Token: T1\n';
    assert.deepEqual(place(text, header), { way: 'literal', token: 'T1', line: 1 });
    assert.deepEqual(place('GET https://a\nAuthorization: Bearer B\n', header), {
      way: 'literal',
      token: 'B',
      line: 1,
    });
    assert.equal(place('GET https://a\n', header).way, 'none');
  });

  it('reads a bearer with any white space', () => {
    const text = 'GET https://a\nAuthorization: bearer\t abc\n';
    const block = parseHttpFile(text).blocks[0];
    const request = block?.requests[0];
    assert.ok(block && request);
    assert.deepEqual(
      authorizationsOf(text, block, request).map(({ kind, content }) => [kind, content]),
      [['bearer', 'abc']],
    );
  });
});
