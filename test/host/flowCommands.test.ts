import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { LiveFlow } from '../../src/core/flow/liveFlow.ts';
import type { WaitingForRedirect } from '../../src/core/record/waiting.ts';
import type { FlowReport } from '../../src/core/record/report.ts';
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import type { AuthorizationCodeProfile } from '../../src/core/profile/profile.ts';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import { Session, type Obtained } from '../../src/core/session/session.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { compareFlows } from '../../src/host/commands/compareFlows.ts';
import { exportFlow } from '../../src/host/commands/exportFlow.ts';
import {
  cancelFlow,
  copySignInUrl,
  copyUserCode,
  deleteFlow,
  pasteRedirect,
} from '../../src/host/commands/flowCommands.ts';
import { redirectAwaited } from '../support/waiting.ts';
import type { Services } from '../../src/host/services.ts';
import { userProfile } from '../support/profiles.ts';
import { test } from './suite.ts';

const accessToken = 'the-access-token-of-the-user';
const code = 'SplxlOBeZQQYbYS6WxSbIA';

/** Answers every token request with a token until `body` has ended. */
async function withTokenServer(body: (origin: string) => Promise<void>): Promise<void> {
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expires_in: 300 }));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The profile of a server without metadata. */
function profileAt(origin: string): AuthorizationCodeProfile {
  const endpoints = { authorizationEndpoint: `${origin}/authorize`, tokenEndpoint: `${origin}/token` };
  const profile = { ...userProfile({ scopes: ['orders.read'], ...endpoints }) };
  delete profile.issuer;
  return profile;
}

/** What the commands on flows work with. */
type Used = Pick<Services, 'flows' | 'session' | 'clock' | 'version'> & {
  readonly views: { flowDocuments: () => Promise<unknown> };
};

interface Running {
  readonly services: Used;
  readonly flow: LiveFlow;
  readonly waiting: WaitingForRedirect;
  readonly ended: Promise<Obtained>;
}

/** Starts a real sign-in, whose browser never comes back, and waits until it waits. */
async function startSignIn(origin: string): Promise<Running> {
  const flows = new FlowLog();
  const session = new Session({
    clock: systemClock,
    flows,
    tokens: {
      get: () => Promise.resolve(undefined),
      peek: () => undefined,
      reread: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      share: (_profile, _purpose, signal, start) => start(signal),
    },
    run: ({ kind, profile, ...request }) =>
      runFlow(kind, profile, {
        ...request,
        fetch: (url, init) => fetch(url, init),
        clock: systemClock,
        browser: { open: () => Promise.resolve(true) },
        metadata: new MetadataCache(),
        secret: () => Promise.resolve(undefined),
      }),
  });
  const waits = new Promise<LiveFlow>((resolve) => {
    flows.changes.on((entry) => {
      if (entry?.state === 'running' && entry.flow.waiting) resolve(entry.flow);
    });
  });
  const ended = session.fresh(profileAt(origin), new AbortController().signal);
  const flow = await Promise.race([waits, ended.then((early) => assert.fail(JSON.stringify(early)))]);
  const waiting = redirectAwaited(flow);
  assert.ok(waiting);
  const services = {
    flows,
    session,
    clock: systemClock,
    version: '1.2.3',
    views: { flowDocuments: () => Promise.resolve() },
  };
  return { services, flow, waiting, ended };
}

/** Answers dialogs by what `answers` says, and keeps what was asked; any other question fails the test. */
async function answering(
  answers: Partial<Record<Dialog, (first: unknown, options?: unknown) => unknown>>,
  body: () => Promise<void>,
): Promise<string[]> {
  const asked: string[] = [];
  const window = vscode.window as unknown as Record<Dialog, unknown>;
  const before = Object.fromEntries(dialogs.map((name) => [name, window[name]]));
  for (const name of dialogs)
    window[name] = (first: unknown, options: unknown) => {
      asked.push(typeof first === 'string' ? `${name}: ${first}` : name);
      const answer = answers[name];
      assert.ok(answer, `${name} was not expected: ${String(first)}`);
      return Promise.resolve(answer(first, options));
    };
  try {
    await body();
  } finally {
    Object.assign(window, before);
  }
  return asked;
}

const dialogs = [
  ...(['showQuickPick', 'showInputBox', 'showWarningMessage'] as const),
  ...(['showInformationMessage', 'showErrorMessage'] as const),
];
type Dialog = (typeof dialogs)[number];

/** Whether something listens there. */
function listens(uri: string): Promise<boolean> {
  const { hostname, port } = new URL(uri);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

test('the sign-in URL of a flow that waits is copied as it is', () =>
  withTokenServer(async (origin) => {
    const { services, flow, waiting, ended } = await startSignIn(origin);
    await answering({}, () => copySignInUrl(services, { flow: flow.id }));
    assert.equal(await vscode.env.clipboard.readText(), waiting.authorizationUrl);
    await cancelFlow(services, { flow: flow.id });
    await ended;
  }));

test('one flow is deleted from the list, and the others stay', async () => {
  const flows = new FlowLog();
  const ended = (id: string): FlowReport => ({
    ...{ id, kind: 'sign_in', profile: userProfile(), startedAt: 1, endedAt: 2, exchanges: [] },
    outcome: { kind: 'checked', title: 'A', verdict: 'B', meaning: 'C.' },
  });
  for (const id of ['first', 'second', 'third']) flows.put({ state: 'ended', flow: ended(id) });
  await deleteFlow({ flows, clock: systemClock }, { flow: 'second' });
  assert.deepEqual(
    flows.ended().map(({ id }) => id),
    ['third', 'first'],
  );
});

test('the code of a device flow is copied and its page opened', async () => {
  const opened: string[] = [];
  const flows = new FlowLog();
  const profile = userProfile();
  const waiting = {
    kind: 'user_code' as const,
    ...{ userCode: 'WDJB-MJHT', verificationUri: 'https://as.example.com/device' },
    deadline: Date.now() + 60_000,
    openAgain: () => Promise.resolve(void opened.push('page')),
  };
  const flow = { id: 'device', kind: 'device_code', profile, startedAt: Date.now(), exchanges: [], waiting };
  flows.put({ state: 'running', flow });
  await copyUserCode({ flows, clock: systemClock }, { flow: 'device' });
  assert.equal(await vscode.env.clipboard.readText(), 'WDJB-MJHT');
  assert.deepEqual(opened, ['page']);
});

test('cancelling a flow ends it and frees its port', () =>
  withTokenServer(async (origin) => {
    const { services, flow, waiting, ended } = await startSignIn(origin);
    assert.equal(await listens(waiting.redirectUri), true);
    await cancelFlow(services, { flow: flow.id });
    const outcome = await ended;
    assert.equal(outcome.kind === 'failure' && outcome.failure.kind, 'cancelled');
    assert.equal(await listens(waiting.redirectUri), false);
    const asked = await answering({ showInformationMessage: () => undefined }, () =>
      cancelFlow(services, { flow: flow.id }),
    );
    assert.deepEqual(asked, ['showInformationMessage: This flow has ended already.']);
  }));

test('a pasted redirect is refused with the reason when it is another one, and else ends the flow with a token', () =>
  withTokenServer(async (origin) => {
    const { services, flow, waiting, ended } = await startSignIn(origin);
    const state = new URL(waiting.authorizationUrl).searchParams.get('state') ?? '';
    const wrong = `${waiting.redirectUri}?code=${code}&state=another`;
    const cut = `${waiting.redirectUri}?state=${state}&code=`;
    const urls = [wrong, cut, ` ${waiting.redirectUri}?code=${code}&state=${state}\n`];
    const said: unknown[] = [];
    const box = async (options: unknown) => {
      const shown = options as vscode.InputBoxOptions;
      const { value = '' } = shown;
      said.push(value, await shown.validateInput?.(value), await shown.validateInput?.(`${value}x`));
      return urls.shift();
    };
    const asked = await answering({ showInputBox: box }, () => pasteRedirect(services, { flow: flow.id }));
    assert.deepEqual(asked, ['showInputBox', 'showInputBox', 'showInputBox']);
    assert.deepEqual(said.slice(0, 4), ['', undefined, undefined, wrong]);
    assert.match(JSON.stringify(said[4]), /Expected the state of this flow/);
    assert.equal(said[5], undefined, 'another address is judged when it is given');
    assert.equal(said[6], cut);
    assert.match(JSON.stringify(said[7]), /cut off before the code/);
    const outcome = await ended;
    assert.equal(outcome.kind === 'token' && outcome.tokens.access_token, accessToken);
    assert.equal(await listens(waiting.redirectUri), false);
  }));

test('a flow under way is not exported and not compared, and the command says why', () =>
  withTokenServer(async (origin) => {
    const { services, flow, ended } = await startSignIn(origin);
    for (const command of [exportFlow, compareFlows])
      assert.deepEqual(
        await answering({ showInformationMessage: () => undefined }, () =>
          command(services, { flow: flow.id }),
        ),
        ['showInformationMessage: This flow is still running. Wait until it ends, or cancel it.'],
      );
    await cancelFlow(services, { flow: flow.id });
    await ended;
  }));

/** A flow that has ended with a token. */
async function signedIn(origin: string): Promise<{ services: Used; report: FlowReport }> {
  const { services, waiting, ended } = await startSignIn(origin);
  const state = new URL(waiting.authorizationUrl).searchParams.get('state') ?? '';
  await waiting.submitRedirect(`${waiting.redirectUri}?code=${code}&state=${state}`);
  await ended;
  const [report] = services.flows.ended();
  assert.ok(report);
  return { services, report };
}

/** Takes the entry of each list whose label begins with one of `labels`. */
const picking =
  (...labels: readonly string[]) =>
  (items: unknown) =>
    (items as readonly (string | vscode.QuickPickItem)[]).find((item) => {
      const label = typeof item === 'string' ? item : item.label;
      return labels.some((wanted) => label.startsWith(wanted));
    });

for (const format of ['curl', 'HAR', 'Markdown'])
  test(`${format} has secrets only after a question that says which`, () =>
    withTokenServer(async (origin) => {
      const { services, report } = await signedIn(origin);
      const verifier = report.pkce?.code_verifier ?? '';
      // A curl command is a request: the token of the answer is not part of it.
      const secrets = [verifier, code, ...(format === 'curl' ? [] : [accessToken])];
      const run = async (what: string, answer: unknown) => {
        await vscode.env.clipboard.writeText('nothing');
        const details: unknown[] = [];
        await answering(
          {
            showQuickPick: picking(format, what, 'Copy to'),
            showWarningMessage: (_, options) => {
              details.push(options);
              return answer;
            },
          },
          () => exportFlow(services, { flow: report.id }),
        );
        return { details, text: await vscode.env.clipboard.readText() };
      };
      const redacted = await run('Redacted', undefined);
      assert.deepEqual(redacted.details, []);
      assert.match(redacted.text, /\/token/);
      for (const secret of secrets) assert.ok(!redacted.text.includes(secret), redacted.text);
      const refused = await run('With all secrets', undefined);
      assert.equal(refused.text, 'nothing');
      const agreed = await run('With all secrets', 'Export with Secrets');
      for (const secret of secrets) assert.ok(agreed.text.includes(secret), agreed.text);
      const [options] = agreed.details as [vscode.MessageOptions];
      assert.equal(options.modal, true);
      assert.match(
        options.detail ?? '',
        /client secret, the authorization code, the PKCE verifier and all tokens/,
      );
    }));
