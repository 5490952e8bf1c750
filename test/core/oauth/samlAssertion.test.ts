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

  it('that is none is refused with what it is', () => {
    for (const [text, said] of [
      ['s3cret', /neither XML/],
      ['<html>', /no SAML 2.0 Assertion/],
      ['<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>', /encrypted|no SAML/],
    ] as const) {
      const read = readSaml(text);
      assert.ok(read.kind === 'problem');
      assert.match(read.problem, said);
    }
  });

  it('ends at the first of its times', () => {
    const times = '<a NotOnOrAfter="2030-01-01T00:00:00Z" /><b NotOnOrAfter = \'2020-01-01T00:00:00Z\'/>';
    assert.throws(() => samlParameter(times, Date.parse('2025-01-01')), /2020-01-01T00:00:00/);
    assert.equal(samlParameter(times, Date.parse('2019-01-01')), Buffer.from(times).toString('base64url'));
  });

  it('is read in linear time, whatever it is', () => {
    for (const piece of ['<a:Assertion ', '<', 'NotOnOrAfter=', ' '.repeat(64), '<EncryptedAssertion'])
      readSaml(`<${piece.repeat(64_000 / piece.length)}`);
  });
});
