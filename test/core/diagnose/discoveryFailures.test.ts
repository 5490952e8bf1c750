import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import { first } from './evidence.ts';
import { causeIds, explained, run } from './play.ts';
import { clientCredentials } from './support.ts';

const page = { 'content-type': 'text/html' };
const rows: readonly {
  readonly name: string;
  readonly answer: Answer;
  readonly path?: string;
  readonly provider?: string;
  readonly cause: string;
  readonly meaning: RegExp;
  readonly fix: object | undefined;
}[] = [
  {
    name: 'nothing there',
    answer: { status: 404, body: 'Not found' },
    cause: 'nothing-published',
    meaning: /does not say what is needed/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'a page',
    answer: { status: 200, headers: page, body: '<!doctype html><title>Login</title>' },
    cause: 'nothing-published',
    meaning: /not with its metadata/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'a server in trouble',
    answer: { status: 500, body: 'x' },
    cause: 'server-in-trouble',
    meaning: /ran into an error/,
    fix: { kind: 'run_again' },
  },
  {
    name: 'a redirect',
    answer: { status: 301, headers: { location: '/tenant/x/' } },
    cause: 'redirected',
    meaning: /not followed/,
    fix: undefined,
  },
  {
    name: 'a tenant that does not exist',
    answer: {
      status: 400,
      body: { error: 'invalid_tenant', error_description: "AADSTS90002: Tenant 'x' not found." },
    },
    provider: 'entra-id',
    cause: 'entra-id/tenant',
    meaning: /takes the request for malformed/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
];

describe('discovery that fails is explained by the same engine', () => {
  for (const { name, answer, provider, cause, meaning, fix } of rows)
    it(name, async () => {
      const server = await startStandIn(() => answer);
      const issuer = `${server.origin}/tenant`;
      const profile = clientCredentials({ issuer, ...(provider === undefined ? {} : { provider }) });
      const explanation = explained(await run('client_credentials', profile));
      await server.close();
      assert.match(explanation.title, /at discovery|metadata/);
      const found = first(explanation);
      assert.equal(found.id, cause);
      assert.match(explanation.meaning.text, meaning);
      assert.deepEqual(found.fixes[0], fix);
      assert.notEqual(explanation.exchange, undefined);
      if (cause === 'server-in-trouble') assert.deepEqual(causeIds(explanation), [cause]);
    });

  it('the address of the document typed as the issuer is cut with one click', async () => {
    const server = await startStandIn(() => ({ status: 404, body: '' }));
    const issuer = `${server.origin}/id/.well-known/openid-configuration`;
    const found = first(explained(await run('client_credentials', clientCredentials({ issuer }))));
    await server.close();
    assert.equal(found.id, 'nothing-published');
    assert.deepEqual(found.fixes, [{ kind: 'set_issuer', issuer: `${server.origin}/id` }]);
  });

  it('metadata that lacks what is needed', async () => {
    const server = await startStandIn((_request, origin) => ({ status: 200, body: { issuer: origin } }));
    const found = first(
      explained(await run('client_credentials', clientCredentials({ issuer: server.origin }))),
    );
    await server.close();
    assert.equal(found.id, 'nothing-published');
    assert.deepEqual(found.fixes[1], { kind: 'edit_profile', field: 'tokenEndpoint' });
  });
});
