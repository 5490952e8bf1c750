import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { discover } from '../../../src/core/oauth/discovery.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { ManualClock } from '../../support/clock.ts';

const origin = 'https://as.example.com';
const openid = '/.well-known/openid-configuration';

type Answers = Readonly<Record<string, () => Response>>;

/** Asks for an issuer's metadata where only these addresses answer with anything but 404. */
async function ask(issuer: string, answers: Answers) {
  const asked: string[] = [];
  const context = {
    ...{ trace: new Trace(), clock: new ManualClock(0), metadata: new MetadataCache() },
    fetch: () => (url: string) => {
      asked.push(url);
      return Promise.resolve().then(answers[url] ?? (() => new Response('none', { status: 404 })));
    },
  };
  try {
    return { asked, found: await discover(issuer, context) };
  } catch (thrown) {
    assert.ok(thrown instanceof FailureError, String(thrown));
    return { asked, failure: thrown.failure };
  }
}

const names = (issuer: string) => () => Response.json({ issuer, token_endpoint: `${origin}/token` });
const sends = (location: string) => () => new Response('', { status: 302, headers: { location } });
const fails = (kind: 'network' | 'cancelled') => () => {
  throw new FailureError({
    ...(kind === 'network' ? { kind, code: 'ECONNRESET' } : { kind }),
    ...{ step: 'discovery', message: `It was ${kind}.`, advice: 'None.' },
  } as Failure);
};
const workingOf = ({ failure }: { readonly failure?: Failure }) =>
  failure?.kind === 'issuer_mismatch' || failure?.kind === 'redirected' ? failure.workingIssuer : undefined;
const noWay = /^Under the issuer it names no metadata was found or looked for/;

describe('metadata that names another issuer', () => {
  const first = { [`${origin}/a${openid}`]: names(`${origin}/b`) };

  it('of the same server is told which issuer would work, when that publishes some', async () => {
    const result = await ask(`${origin}/a`, { ...first, [`${origin}/b${openid}`]: names(`${origin}/b`) });
    assert.equal(result.failure?.kind, 'issuer_mismatch');
    assert.equal(workingOf(result), `${origin}/b`);
    assert.doesNotMatch(result.failure.advice, noWay);
  });

  for (const [what, answers] of [
    ['publishes nothing', {}],
    ['names a third one', { [`${origin}/b${openid}`]: names(`${origin}/c`) }],
    ['does not answer', { [`${origin}/b${openid}`]: fails('network') }],
  ] as const)
    it(`of the same server, which ${what}, is told that there is no way but to type the endpoints`, async () => {
      const result = await ask(`${origin}/a`, { ...first, ...answers });
      assert.equal(result.failure?.kind, 'issuer_mismatch');
      assert.equal(workingOf(result), undefined);
      assert.match(result.failure.advice, noWay);
      assert.ok(result.asked.includes(`${origin}/b${openid}`));
      assert.equal(
        result.asked.some((url) => url.includes('/c')),
        false,
      );
    });

  it('of another server is not looked for there', async () => {
    const result = await ask(`${origin}/a`, {
      [`${origin}/a${openid}`]: names('https://evil.example/b'),
      [`https://evil.example/b${openid}`]: names('https://evil.example/b'),
    });
    assert.equal(workingOf(result), undefined);
    assert.match(result.failure?.advice ?? '', noWay);
    assert.equal(
      result.asked.some((url) => url.includes('evil')),
      false,
    );
  });

  it('that differs by a slash needs no more questions', async () => {
    const result = await ask(`${origin}/a`, { [`${origin}/a${openid}`]: names(`${origin}/a/`) });
    assert.equal(workingOf(result), `${origin}/a/`);
    assert.doesNotMatch(result.failure?.advice ?? '', noWay);
    assert.equal(result.asked.length, 3);
  });

  it('ends as cancelled when the user stops while it is looked for', async () => {
    const result = await ask(`${origin}/a`, { ...first, [`${origin}/b${openid}`]: fails('cancelled') });
    assert.equal(result.failure?.kind, 'cancelled');
  });
});

describe('metadata that is asked for elsewhere', () => {
  const first = { [`${origin}/a${openid}`]: sends(`${origin}/b${openid}`) };

  it('on the same server is told with the issuer that would work', async () => {
    const result = await ask(`${origin}/a`, { ...first, [`${origin}/b${openid}`]: names(`${origin}/b`) });
    assert.equal(result.failure?.kind, 'redirected');
    assert.equal(workingOf(result), `${origin}/b`);
  });

  it('is told as it is when nothing is there', async () => {
    const result = await ask(`${origin}/a`, first);
    assert.equal(result.failure?.kind, 'redirected');
    assert.equal(workingOf(result), undefined);
    assert.doesNotMatch(result.failure.advice, noWay);
  });

  it('nowhere is only missing', async () => {
    const { failure } = await ask(`${origin}/a`, {});
    assert.equal(failure?.kind, 'metadata_missing');
    assert.doesNotMatch(failure.advice, noWay);
  });
});

describe('the issuers that Entra’s documents name', () => {
  const entra = 'https://login.microsoftonline.com';
  const id = '9188040d-6c67-4c5b-b112-36a304b66dad';
  const takes = async (issuer: string, named: string) => {
    const url = issuer.endsWith('/') ? `${issuer}${openid.slice(1)}` : `${issuer}${openid}`;
    return (await ask(issuer, { [url]: names(named) })).found !== undefined;
  };

  it('are a template of any tenant, also at its hosts for customers', async () => {
    for (const host of [entra, 'https://contoso.ciamlogin.com', 'https://contoso.b2clogin.com'])
      assert.equal(await takes(`${host}/common/v2.0`, `${host}/{tenantid}/v2.0`), true, host);
    for (const host of ['https://ciamlogin.com.evil.example', 'https://evilciamlogin.com', origin])
      assert.equal(await takes(`${host}/common/v2.0`, `${host}/{tenantid}/v2.0`), false, host);
  });

  it('are no template that anything fits', async () => {
    for (const named of [`${entra}/`, `${entra}/{tenantid}/{tenantid}`, `${entra}/x/{tenantid}/`])
      assert.equal(await takes(`${entra}/common/`, named), false, named);
  });

  it('are the id of the tenant that was asked for by its name, and nothing round it', async () => {
    assert.equal(await takes(`${entra}/contoso.com/v2.0`, `${entra}/${id}/v2.0`), true);
    for (const [asked, named] of [
      ['contoso.com/v2.0', `x/${id}/v2.0`],
      ['contoso.com/v2.0', `${id}/v2.0/x`],
      ['contoso.com/v2.0', `${id}/v1.0`],
      ['x/contoso.com/v2.0', `${id}/v2.0`],
      ['contoso.com/v2.0/x', `${id}/v2.0`],
      [`${id.replace('9', '8')}/v2.0`, `${id}/v2.0`],
    ])
      assert.equal(await takes(`${entra}/${asked}`, `${entra}/${named}`), false, `${asked} ${named}`);
    assert.equal(await takes(`${entra}/contoso.com/v2.0`, `https://evil.example/${id}/v2.0`), false);
  });
});

describe('a document whose issuer is not a URL', () => {
  const kindOf = async (document: object) =>
    (await ask(origin, { [`${origin}${openid}`]: () => Response.json(document) })).failure?.kind;

  it('names another issuer, and none names nothing', async () => {
    assert.equal(await kindOf({ issuer: 'accounts.google.com' }), 'issuer_mismatch');
    for (const document of [{ issuer: '' }, { issuer: 5 }, {}])
      assert.equal(await kindOf(document), 'malformed_response');
  });
});
