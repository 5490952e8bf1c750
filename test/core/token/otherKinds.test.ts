import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTokens } from '../../../src/core/token/reading.ts';
import { tokenView } from '../../../src/core/token/tokenView.ts';

/** What the view says of a token with this header and these claims. */
function findingsOf(typ: string | undefined, claims: object) {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ })}.${part(claims)}.AAAA`;
  const reading = readTokens({ kind: 'text', text, from: 'the clipboard' });
  const view = tokenView(reading, { now: 1_471_566_154_000, signatures: {} });
  return view.tokens.flatMap(({ findings }) => findings);
}

/** @see OpenID Connect Back-Channel Logout 1.0 section 2.4, the example */
const logout = {
  ...{ iss: 'https://server.example.com', sub: '248289761001', aud: 's6BhdRkqt3' },
  ...{ iat: 1_471_566_154, exp: 1_471_569_754, jti: 'bWJq' },
  ...{ sid: '08a5019c-17e1-4977-8f42-65a12843ea02' },
  events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
};
/** @see RFC 8417 section 2.1.1, figure 1 */
const event = {
  ...{ iss: 'https://scim.example.com', iat: 1_458_496_404, jti: '4d3559ec67504aaba65d40b0363faad8' },
  aud: ['https://scim.example.com/Feeds/98d52461fa5bbc879593b7754'],
  events: {
    'urn:ietf:params:scim:event:create': { ref: 'https://scim.example.com/Users/44f6142df96bd6ab61e7521d9' },
  },
};
/** @see draft-ietf-oauth-identity-assertion-authz-grant section 3, the example */
const jag = {
  ...{ jti: '9e43f81b64a33f20116179', iss: 'https://acme.idp.example', sub: 'U019488227' },
  ...{ aud: 'https://acme.chat.example/', client_id: 'f53f191f9311af35' },
  ...{ exp: 1_471_569_754, iat: 1_471_566_154, scope: 'chat.read chat.history' },
};

/** @see draft-ietf-oauth-status-list section 5.1, without the list itself */
const statusList = {
  ...{ sub: 'https://example.com/statuslists/1', iat: 1_471_566_154, exp: 1_471_569_754 },
  status_list: { bits: 1, lst: 'eNrbuRgAAhcBXQ' },
};

/** @see draft-ietf-oauth-sd-jwt-vc section 2.2.2, from the example */
const credential = {
  ...{
    iss: 'https://example.com/issuer',
    iat: 1_471_566_154,
    vct: 'https://credentials.example.com/identity',
  },
};

describe('tokens that are neither access nor ID tokens', () => {
  for (const [typ, claims, name] of [
    ['logout+jwt', logout, /a logout token/],
    ['application/secevent+jwt', event, /a security event token/],
    ['OAuth-ID-JAG+jwt', jag, /an identity assertion for cross-app access/],
    ['statuslist+jwt', statusList, /a status list/],
    ['dc+sd-jwt', credential, /a verifiable credential/],
  ] as const)
    it(`names ${typ}, and finds nothing missing in the published example`, () => {
      const found = findingsOf(typ, claims);
      const kind = found.find(({ code }) => code === 'other_kind');
      assert.match(kind?.message ?? '', name);
      assert.ok(kind?.source);
      assert.deepEqual(
        found.filter(({ code }) => code !== 'other_kind'),
        [],
      );
    });

  it('says what a logout token lacks, and that a nonce has no place in it', () => {
    const { events: _, sub: __, sid: ___, ...rest } = logout;
    const found = findingsOf('logout+jwt', { ...rest, nonce: 'n' });
    assert.match(
      found.find(({ code }) => code === 'kind_claims_missing')?.message ?? '',
      /: events, sub or sid\.$/,
    );
    assert.ok(found.some(({ code }) => code === 'logout_nonce'));
    assert.ok(found.every(({ message }) => !message.includes('The ID token')));
  });

  it('asks nothing of a credential that is asked of access tokens: not its life, its audience or what it says of a person', () => {
    const issued = { ...credential, exp: credential.iat + 5 * 365 * 86_400, given_name: 'Erika', nonce: 'n' };
    assert.deepEqual(
      findingsOf('dc+sd-jwt', { ...issued, cnf: { jkt: 'k' } }).map(({ code }) => code),
      ['other_kind', 'sender_constrained'],
    );
    const ended = findingsOf('dc+sd-jwt', { ...credential, exp: credential.iat });
    assert.match(ended.find(({ code }) => code === 'expired')?.reason ?? '', /^Whoever it is for refuses/);
  });

  it('says where an issuer tells whether a token still holds, and what of that cannot be used', () => {
    const said = (status: unknown) =>
      findingsOf('at+jwt', { iss: 'https://a.example', status })
        .filter(({ code }) => code.startsWith('status_list'))
        .map(({ code, severity, message }) => `${severity} ${code} ${message}`);
    const uri = 'https://example.com/statuslists/1';
    assert.deepEqual(said({ status_list: { idx: 0, uri } }), [
      `note status_list Whether it still holds is entry 0 of the status list at “${uri}”.`,
    ]);
    for (const wrong of [
      { idx: -1, uri },
      { idx: '0', uri },
      { idx: 1.5, uri },
      { idx: 0 },
      { idx: 0, uri: 1 },
      [],
      1,
    ])
      assert.match(said({ status_list: wrong }).join(), /^warning status_list_unusable/);
    assert.match(
      said({ status_list: { idx: 0, uri: 'https://a/\u202E' } }).join(),
      /^note status_list [^\u202E]*$/,
    );
    for (const other of [undefined, 'active', {}, { other: 1 }]) assert.deepEqual(said(other), []);
  });

  /** Back-Channel Logout section 2.4 and RFC 8417 section 2.3 recommend a type, so that many servers send none. */
  it('names a logout token and an event by what they say where the type does not', () => {
    for (const typ of ['JWT', undefined])
      for (const [claims, name] of [
        [logout, /a logout token/],
        [event, /a security event token/],
      ] as const) {
        const found = findingsOf(typ, claims);
        assert.deepEqual(
          found.map(({ code }) => code),
          ['other_kind'],
        );
        assert.match(found[0]?.message ?? '', name);
      }
  });

  it('names a credential by the older type, too, which wallets still take', () => {
    assert.deepEqual(
      findingsOf('vc+sd-jwt', credential).map(({ code }) => code),
      ['other_kind'],
    );
  });

  it('calls nothing so that has another type, or events that are none', () => {
    const named = (typ: string, claims: object) =>
      findingsOf(typ, claims).some(({ code }) => code === 'other_kind');
    assert.equal(named('at+jwt', logout), false);
    for (const events of [{}, [], ['urn:a'], 'urn:a', null, 1, { click: {} }, { 'urn:a': 1 }])
      assert.equal(named('JWT', { ...event, events }), false, JSON.stringify(events));
    for (const typ of ['JWT', 'dpop+jwt']) assert.equal(named(typ, { iss: 'https://a.example' }), false);
  });
});
