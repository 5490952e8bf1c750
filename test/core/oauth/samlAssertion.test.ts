import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSaml, samlParameter } from '../../../src/core/oauth/samlAssertion.ts';

const assertion =
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"><saml:Subject/></saml:Assertion>';

describe('a SAML assertion', () => {
  for (const [name, text] of [
    ['XML', assertion],
    ['base64', Buffer.from(assertion).toString('base64')],
    [
      'base64url in lines',
      (
        Buffer.from(assertion)
          .toString('base64url')
          .match(/.{1,40}/g) ?? []
      ).join('\n'),
    ],
    ['within a response', `<samlp:Response xmlns:samlp="x">${assertion}</samlp:Response>`],
    ['with a byte order mark', `\uFEFF ${assertion}\n`],
  ] as const)
    it(`is read as ${name}`, () => assert.deepEqual(readSaml(text), { kind: 'read', text: assertion }));

  it('keeps the response around it when its names are declared there', () => {
    const bare = '<saml:Assertion ID="a"/>';
    const text = `<r xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Assertion ID="a"></saml:Assertion>${bare}</r>`;
    assert.deepEqual(readSaml(text), { kind: 'read', text });
  });

  const name = 'urn:oasis:names:tc:SAML:2.0:assertion';
  const rows: readonly (readonly [text: string, read: string])[] = [
    [`<r><Assertion xmlns="${name}">x</Assertion></r>`, `<Assertion xmlns="${name}">x</Assertion>`],
    ...[
      `<r xmlns="${name}"><Assertion>x</Assertion></r>`,
      `<r xmlns:s="${name}"><s:Assertion><x xmlns:s="${name}"/></s:Assertion></r>`,
      `<r><s:Assertion xmlns:s="${name}">x</r>`,
      `<r><Assertion xmlns:s="${name}">x</Assertion></r>`,
    ].map((text) => [text, text] as const),
    [`<r><EncryptedAssertion>x</EncryptedAssertion>${assertion}</r>`, assertion],
  ];
  for (const [text, read] of rows)
    it(`is taken out of what declares nothing of it: ${text}`, () =>
      assert.deepEqual(readSaml(text), { kind: 'read', text: read }));

  it('that is none is refused with what it is', () => {
    for (const [text, said] of [
      ['s3cret', /neither XML/],
      ['<html>', /no SAML 2.0 Assertion/],
      ['<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>', /is encrypted/],
      ['<EncryptedAssertion>x', /is encrypted/],
      ['<r><a-b:EncryptedAssertion>x', /is encrypted/],
      ['<EncryptedAssertionX>', /no SAML 2.0 Assertion/],
      ['<saml:Assertion>', /no SAML 2.0 Assertion/],
      [Buffer.from(' <html>').toString('base64'), /no SAML 2.0 Assertion/],
      [`!${Buffer.from('<html>').toString('base64')}`, /neither XML/],
      [`${Buffer.from('<html>').toString('base64')}!`, /neither XML/],
    ] as const) {
      const read = readSaml(text);
      assert.ok(read.kind === 'problem');
      assert.match(read.problem, said);
    }
  });

  it('ends at the first of its times', () => {
    const times = '<a NotOnOrAfter="2030-01-01T00:00:00Z" /><b NotOnOrAfter = \'2020-01-01T00:00:00Z\'/>';
    assert.throws(() => samlParameter(times, Date.parse('2025-01-01')), /2020-01-01T00:00:00/);
    assert.throws(() => samlParameter(times, Date.parse('2020-01-01')), /2020-01-01T00:00:00/);
    for (const never of ['<a NotOnOrAfter="soon"/>', '<a xNotOnOrAfter="2020-01-01"/>', '<a/>'])
      assert.equal(samlParameter(never, Date.now()), Buffer.from(never).toString('base64url'));
    const spaced = '<a NotOnOrAfter  =  "2020-01-01"/><a NotOnOrAfter="soon"/>';
    assert.throws(() => samlParameter(spaced, Date.now()), /2020-01-01/);
    assert.equal(samlParameter(times, Date.parse('2019-01-01')), Buffer.from(times).toString('base64url'));
  });

  it('is read in linear time, whatever it is', () => {
    for (const piece of ['<a:Assertion ', '<', 'NotOnOrAfter=', ' '.repeat(64), '<EncryptedAssertion'])
      readSaml(`<${piece.repeat(64_000 / piece.length)}`);
  });
});
