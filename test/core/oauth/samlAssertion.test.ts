import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { otherAddressee, readSaml, samlFacts, samlParameter } from '../../../src/core/oauth/samlAssertion.ts';
import { FailureError } from '../../../src/core/record/failure.ts';

const assertion =
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"><saml:Subject/></saml:Assertion>';

/** With both of the signs that a form writes otherwise, and padding. */
const base64 = Buffer.from(`${assertion}  <!--??>>~~>-->`).toString('base64');

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
    [
      'the form parameter that a browser shows',
      `SAMLResponse=${encodeURIComponent(base64)}&RelayState=a%2Fb`,
    ],
    ['the same before its RelayState', `RelayState=a&SAMLResponse=${encodeURIComponent(base64)}`],
    ['a parameter whose signs were undone', `SAMLResponse=${base64}`],
    ['the value of the parameter alone', encodeURIComponent(base64)],
    ['with a byte order mark', `\uFEFF ${assertion}\n`],
  ] as const)
    it(`is read as ${name}`, () => assert.deepEqual(readSaml(text), { kind: 'read', text: assertion }));

  it('of the form is one with all that a form writes otherwise', () =>
    assert.match(base64, /^(?=.*\+)(?=.*\/).*=$/));

  it('keeps the response around it when its names are declared there', () => {
    const text =
      '<r xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Assertion ID="a"></saml:Assertion></r>';
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

  /** @see RFC 7522 section 2.1: a single assertion; SAML 2.0 Core section 2.6.1: one may hold others as advice */
  it('beside another is refused, and one with another within it is taken whole', () => {
    const name = 'urn:oasis:names:tc:SAML:2.0:assertion';
    for (const two of [
      `<samlp:Response xmlns:samlp="x">${assertion}\n${assertion}</samlp:Response>`,
      `<r xmlns="${name}"><Assertion/><Assertion>x</Assertion></r>`,
      `<r>${assertion}<s2:Assertion xmlns:s2="${name}"/></r>`,
      Buffer.from(`${assertion}${assertion}`).toString('base64'),
    ]) {
      const read = readSaml(two);
      assert.ok(read.kind === 'problem', two);
      assert.match(read.problem, /several assertions/);
    }
    const advised = assertion.replace(
      '<saml:Subject/>',
      `<saml:Advice>${assertion}${assertion}</saml:Advice>`,
    );
    assert.deepEqual(readSaml(`<r>${advised}</r>`), { kind: 'read', text: advised });
    const named = assertion.replace('<saml:Subject/>', '<saml:AssertionIDRef>a</saml:AssertionIDRef>');
    assert.deepEqual(readSaml(named), { kind: 'read', text: named });
  });

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

  const whole = [
    `<saml:Assertion xmlns:saml="${name}"><saml:Issuer Format="x">https://idp.example.com</saml:Issuer>`,
    '<saml:Subject><saml:NameID>ada&amp;co@example.com</saml:NameID><saml:SubjectConfirmation>',
    '<saml:SubjectConfirmationData NotOnOrAfter="2030-01-01T00:00:00Z" Recipient="https://as.example.com/token?a=1&amp;b=2"/>',
    '</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotOnOrAfter="2031-01-01T00:00:00Z"><saml:AudienceRestriction>',
    '<saml:Audience> https://as.example.com </saml:Audience><Audience>other</Audience>',
    '</saml:AudienceRestriction></saml:Conditions></saml:Assertion>',
  ].join('');

  it('is read out before it is sent: until when it is good, for which audience and recipient', () => {
    const said =
      'The SAML assertion is good until 2030-01-01T00:00:00.000Z, for the audience https://as.example.com, other and the recipient https://as.example.com/token?a=1&b=2.';
    assert.deepEqual(readSaml(whole), { kind: 'read', text: whole, told: said });
    const short = assertion.replace('<saml:Subject/>', '<saml:Audience>a</saml:Audience>');
    const read = readSaml(short);
    assert.equal(read.kind === 'read' && read.told, 'The SAML assertion says no end, for the audience a.');
  });

  it('says what it is in its own words', () => {
    assert.deepEqual(samlFacts(whole), {
      ...{ issuer: 'https://idp.example.com', subject: 'ada&co@example.com' },
      audiences: ['https://as.example.com', 'other'],
      recipient: 'https://as.example.com/token?a=1&b=2',
      ends: Date.parse('2030-01-01'),
    });
    assert.deepEqual(samlFacts('<Issuer><x/></Issuer><NameIDx>a</NameIDx>'), { audiences: [] });
    const hostile = '<Audience>a\u202Eb\u0007</Audience>'.repeat(50);
    assert.equal(samlFacts(hostile).audiences.length, 10);
    const read = readSaml(assertion.replace('<saml:Subject/>', hostile));
    assert.ok(read.kind === 'read');
    for (const sign of ['\u202E', '\u0007']) assert.equal(read.told?.includes(sign), false);
  });

  it('that was refused and is meant for another token endpoint is told as that, and no other refusal', () => {
    const refusal = new FailureError({
      ...{ kind: 'oauth_error', step: 'token', status: 400, body: { error: 'invalid_grant' } },
      ...{ message: 'Refused.', advice: 'Compare.' },
    });
    const at = (issuer: string) => ({ issuer, token_endpoint: `${issuer}/token` });
    const told = (xml: string, issuer: string, thrown: unknown = refusal) =>
      otherAddressee(thrown, xml, at(issuer))?.failure.message;
    assert.equal(
      told(whole, 'https://other.example.com'),
      'Refused. The assertion names the recipient https://as.example.com/token?a=1&b=2, not this token endpoint.',
    );
    const here = whole.replace('token?a=1&amp;b=2', 'token');
    assert.equal(told(here, 'https://as.example.com'), undefined);
    assert.equal(told(assertion, 'https://other.example.com'), undefined);
    assert.equal(told(whole, 'https://other.example.com', new Error('x')), undefined);
    assert.equal(
      told(here.replace('> https://as.example.com <', '>urn:them<'), 'https://as.example.com'),
      'Refused. The assertion names the audience urn:them, other, and not https://as.example.com: see that the server calls itself so.',
    );
  });

  it('that begins later is told with its beginning', () => {
    const later = whole.replace('<saml:Conditions ', '<saml:Conditions NotBefore="2029-01-01T00:00:00Z" ');
    const told = (now?: number) => {
      const read = readSaml(later, now);
      return read.kind === 'read' ? read.told : read.kind;
    };
    assert.match(
      told(Date.parse('2028-01-01')) ?? '',
      /^The SAML assertion is not good before 2029-01-01T00:00:00\.000Z, and is good until 2030-/,
    );
    assert.match(told(Date.parse('2029-06-01')) ?? '', /^The SAML assertion is good until 2030-/);
    assert.equal(samlFacts(later).begins, Date.parse('2029-01-01'));
  });

  it('is read in linear time, whatever it is', () => {
    for (const piece of [
      '<Issuer ',
      '<Audience>',
      'Recipient="',
      '&amp;',
      '<a:Assertion ',
      '<',
      'NotOnOrAfter=',
      ' '.repeat(64),
      '<EncryptedAssertion',
    ])
      for (const end of ['', assertion]) readSaml(`<${piece.repeat(64_000 / piece.length)}${end}`);
  });
});
