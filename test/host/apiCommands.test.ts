import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import type { Profile } from '../../src/core/profile/profile.ts';
import { byHand } from '../../src/host/byHand.ts';
import { usedOrigins } from '../../src/host/usedOrigins.ts';
import type { ApiViewModel } from '../../src/shared/views/apiView.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { startSalesforce } from '../support/servers/salesforce.ts';
import { startStandIn, type StandIn } from '../support/servers/standIn.ts';
import { open } from './editor/fixture.ts';
import { withServices, type Fixture } from './services.ts';
import { test } from './suite.ts';

const have = (services: Fixture['services'], profile: Profile, access_token = 'opaque-token-1') =>
  services.tokens.set(profile, {
    ...{ access_token, token_type: 'Bearer', received_at: Date.now(), requested_scopes: [], extra: {} },
    expires_at: Date.now() + 3_600_000,
  });
const shown = ({ user }: Fixture) => user.panel('api').model() as ApiViewModel;

/** Runs `body` with a server of its own. */
async function withServer(status: number, body: (server: StandIn) => Promise<void>): Promise<void> {
  const server = await startStandIn(() => ({ status, body: { id: 1 } }));
  try {
    await body(server);
  } finally {
    await server.close();
  }
}

test('a typed URL is sent with the token, with the method before it; anything else is refused', () =>
  withServer(200, (server) =>
    withServices(async (fixture) => {
      const { services, user, add } = fixture;
      const profile = machineProfile({ issuer: server.origin });
      await add(profile);
      await have(services, profile);
      user.types.push(
        `delete ${server.origin}/orders/1`,
        ` ${server.origin}/orders `,
        'not a request',
        undefined,
      );
      await services.run('callApi', byHand({ profile: profile.id }));
      await services.run('callApi', byHand({ profile: profile.id }));
      assert.deepEqual(
        server.requests.map(({ method, path, headers }) => [method, path, headers.authorization]),
        [
          ['DELETE', '/orders/1', 'Bearer opaque-token-1'],
          ['GET', '/orders', 'Bearer opaque-token-1'],
        ],
      );
      assert.equal(shown(fixture).response?.body.text, '{\n  "id": 1\n}');
      await services.run('callApi', byHand({ profile: profile.id }));
      await services.run('callApi', byHand({ profile: profile.id }));
      assert.equal(server.requests.length, 2);
      assert.equal(user.heard.filter((said) => said.includes('That is neither a URL')).length, 1);
      // It is said in the box, so that nothing typed is lost.
      const judge = (text: string) => user.boxes.at(-1)?.validateInput?.(text);
      for (const text of ['not a request', 'orders', 'FETCH https://api.example.com/', 'GET'])
        assert.equal(await judge(text), 'That is neither a URL nor a method and a URL.', text);
      for (const text of [
        '',
        ' https://api.example.com/a ',
        'post https://api.example.com/',
        '/services/data',
      ])
        assert.equal(await judge(text), undefined, text);
    }),
  ));

test('the nonce of an API is remembered: the next call with a bound token needs no further round trip', async () => {
  let count = 0;
  const nonceOf = (proof: unknown) => decodeJwt(String(proof))['nonce'];
  const server = await startStandIn(({ headers }) => {
    const holds = nonceOf(headers['dpop']) === `n-${count}`;
    const nonce = { 'dpop-nonce': `n-${++count}` };
    if (holds) return { status: 200, headers: nonce, body: { id: 1 } };
    return { status: 401, headers: { ...nonce, 'www-authenticate': 'DPoP error="use_dpop_nonce"' } };
  });
  try {
    await withServices(async (fixture) => {
      const { services, user, add } = fixture;
      const profile = machineProfile({ issuer: server.origin, dpop: true });
      await add(profile);
      await services.tokens.set(profile, {
        ...{ access_token: 'bound', token_type: 'DPoP', received_at: Date.now(), requested_scopes: [] },
        ...{ extra: {}, expires_at: Date.now() + 3_600_000 },
      });
      for (const sent of [
        [undefined, 'n-1'],
        [undefined, 'n-1', 'n-2'],
        [undefined, 'n-1', 'n-2', 'n-3'],
      ]) {
        user.types.push(`${server.origin}/orders`);
        await services.run('callApi', byHand({ profile: profile.id }));
        assert.equal(shown(fixture).response?.status, 200);
        assert.deepEqual(
          server.requests.map(({ headers }) => nonceOf(headers['dpop'])),
          sent,
        );
      }
    });
  } finally {
    await server.close();
  }
});

test('a path in a file goes to the instance_url of Salesforce, and the file stays as it is', async () => {
  const app = { consumerKey: 'key', consumerSecret: 's3cr3t', selectedScopes: ['api'], runAsUser: 'u' };
  const server = await startSalesforce([app]);
  try {
    await withServices(async (fixture) => {
      const { services, add } = fixture;
      const profile = machineProfile({
        ...{
          issuer: server.origin,
          tokenEndpoint: `${server.origin}/services/oauth2/token`,
          clientId: 'key',
        },
        ...{ provider: 'salesforce', scopes: [], clientAuthentication: 'client_secret_post' },
      });
      await add(profile, 's3cr3t');
      const text = 'GET /services/data/v60.0/query?q=SELECT+Name+FROM+Account\nAccept: application/json\n';
      const { document, uri } = await open(text);
      await services.run('callApi', byHand({ profile: profile.id, uri: uri.toString(), line: 0 }));
      assert.equal(shown(fixture).response?.status, 200);
      assert.match(shown(fixture).url, new RegExp(`^${server.origin}/services/data/`));
      assert.deepEqual([document.isDirty, document.getText()], [false, text]);
    });
  } finally {
    await server.close();
  }
});

test('a token goes to a host it is not for after a question, which is asked once for each server of the profile', () =>
  withServer(200, (server) =>
    withServices(async ({ services, user, add }) => {
      const profile = machineProfile();
      await add(profile);
      await have(services, profile);
      const send = (press?: string) => {
        user.types.push(server.origin);
        if (press !== undefined) user.presses.push(press);
        return services.run('callApi', byHand({ profile: profile.id }));
      };
      const questions = () =>
        user.heard.filter((said) => said.startsWith('Send the token of “Machine” to')).length;
      await send();
      assert.deepEqual([questions(), server.requests.length], [1, 0]);
      await send('Send Token');
      await send();
      assert.deepEqual([questions(), server.requests.length], [2, 2]);

      const moved = machineProfile({ issuer: 'https://other.example.com' });
      await services.profiles.update(moved);
      await have(services, moved, 'opaque-token-2');
      await send();
      assert.deepEqual([questions(), server.requests.length], [3, 2], 'another server, another question');

      user.presses.push('Delete');
      await services.run('deleteProfile', { profile: profile.id });
      assert.deepEqual(usedOrigins(services.globalState, profile), []);
    }),
  ));

test('without a token nothing is sent, and the page of the failure opens', () =>
  withServer(400, (server) =>
    withServices(async ({ services, user, commands, add }) => {
      const profile = machineProfile({ issuer: server.origin, tokenEndpoint: `${server.origin}/token` });
      await add(profile, 's3cr3t');
      user.types.push(`${server.origin}/orders`);
      await services.run('callApi', byHand({ profile: profile.id }));
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        ['/token'],
      );
      const [report] = services.flows.ended();
      assert.equal(report?.kind, 'client_credentials');
      assert.deepEqual(commands.at(-1), ['showFailure', { flow: report.id }]);
      assert.ok(!user.panels.some(({ viewType }) => viewType === 'oauthExplorer.api'));
    }),
  ));

test('a 401 never opens the browser: without a refresh token the page offers to sign in', () =>
  withServer(401, (server) =>
    withServices(async (fixture) => {
      const { services, user, ran, add } = fixture;
      const profile = userProfile({ issuer: server.origin });
      await add(profile);
      await have(services, profile);
      user.types.push(`${server.origin}/orders`);
      await services.run('callApi', byHand({ profile: profile.id }));
      assert.deepEqual([ran, server.requests.length], [[], 1]);
      const offered = shown(fixture).steps.find(({ action }) => action !== undefined);
      assert.equal(offered?.action, 'getToken');
      assert.match(offered.text, /The server issued no refresh token for “User”/);
    }),
  ));

test('a reference to a token in a file is filled in when sending, and the file stays as it is', () =>
  withServer(200, (server) =>
    withServices(async ({ services, user, add }) => {
      const [orders, other] = [
        machineProfile({ id: 'orders', name: 'Orders', issuer: server.origin }),
        machineProfile({
          id: 'other',
          name: 'other (dev)',
          issuer: server.origin,
          tokenHeader: 'X-Access-Token',
        }),
      ];
      for (const profile of [orders, other]) await add(profile);
      await have(services, orders, 'token-of-orders');
      await have(services, other, 'token-of-other');
      const text = `POST ${server.origin}/a\nAuthorization: Bearer {{$auth.token("Orders")}}\nX-Second: {{$auth.token("other")}}\n\n###\nGET ${server.origin}/b\nAuthorization: oauth2 client_credentials other\n\n###\nGET ${server.origin}/c\nAuthorization: Bearer {{$auth.token("nobody")}}\n`;
      const { document, uri } = await open(text);
      await services.run('callApi', byHand({ uri: uri.toString(), line: 0 }));
      await services.run('callApi', byHand({ uri: uri.toString(), line: 5 }));
      await services.run('callApi', byHand({ uri: uri.toString(), line: 9 }));
      assert.deepEqual(
        server.requests.map(({ path, headers }) => [
          path,
          headers.authorization,
          headers['x-second'],
          headers['x-access-token'],
        ]),
        [
          ['/a', 'Bearer token-of-orders', 'token-of-other', undefined],
          ['/b', undefined, undefined, 'token-of-other'],
        ],
      );
      assert.ok(user.heard.some((said) => said.includes('“nobody”')));
      assert.deepEqual([document.isDirty, document.getText()], [false, text]);
      assert.doesNotMatch(JSON.stringify(user.panel('api').model()), /token-of-/);
    }),
  ));

test('whose way of reading a file was followed is said where the file is a tool’s, and not where any sends the same', () =>
  withServer(200, (server) =>
    withServices(async (fixture) => {
      const profile = machineProfile({ issuer: server.origin });
      await fixture.add(profile);
      await have(fixture.services, profile);
      const told = async (text: string) => {
        const { uri } = await open(text);
        await fixture.services.run(
          'callApi',
          byHand({ uri: uri.toString(), line: text.split('\n').length - 2 }),
        );
        return /Read as [^,]*/.exec(JSON.stringify(shown(fixture)))?.[0];
      };
      assert.equal(await told(`GET ${server.origin}/a\n`), undefined);
      assert.equal(
        await told(`# @no-cookie-jar\nGET ${server.origin}/a\n`),
        'Read as JetBrains HTTP Client reads it',
      );
    }),
  ));

test('what a caller names is sent once the user allows that, and so is a call that is made again', () =>
  withServer(200, (server) =>
    withServices(async ({ services, user, add }) => {
      const [profile, other] = [
        machineProfile({ issuer: server.origin }),
        machineProfile({ id: 'other', name: 'Other', issuer: server.origin }),
      ];
      for (const one of [profile, other]) {
        await add(one);
        await have(services, one, `token-of-${one.id}`);
      }
      const { uri } = await open(
        `DELETE ${server.origin}/orders/1\nX-Second: {{$auth.token("Other")}}\n\n###\nGET ${server.origin}/b\n`,
      );
      const call = { profile: profile.id, uri: uri.toString(), line: 0 };
      const asked = () =>
        user.heard.flatMap(
          (said) => /wants to send requests with the access token of “(\w+)”/.exec(said)?.[1] ?? [],
        );
      await services.run('callApi', call);
      await services.run('callApi', { uri: call.uri, line: 0, profile: 'other' });
      await services.run('checkApi', call);
      assert.deepEqual([asked(), server.requests], [['Machine', 'Other', 'Machine'], []]);
      await services.run('callApi', byHand(call));
      assert.deepEqual([asked().length, server.requests.length], [3, 1], 'what is pressed');
      for (const argument of [{ profile: profile.id }, { flow: services.flows.ended()[0]?.id }])
        await services.run('runFlowAgain', argument);
      assert.deepEqual([asked().length, server.requests.length], [5, 1], 'made again');
      await services.run('runFlowAgain', byHand({ profile: profile.id }));
      assert.deepEqual([asked().length, server.requests.length], [5, 2]);
      // The token of another profile that stands in it is another question.
      user.presses.push('Allow for This Session');
      await services.run('callApi', call);
      assert.deepEqual([asked().slice(5), server.requests.length], [['Machine', 'Other'], 2]);
      user.presses.push('Always');
      for (let times = 0; times < 2; times++) await services.run('callApi', call);
      await services.run('runFlowAgain', { profile: profile.id });
      assert.deepEqual([asked().slice(7), server.requests.length], [['Other'], 5]);
      assert.deepEqual(
        (await services.access.list()).map(({ caller, profile: of, answer }) => [caller, of, answer]),
        [
          ['call', 'other', 'always'],
          ['call', profile.id, 'session'],
        ],
      );
    }),
  ));
