import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { arrangeProfiles, parseArrangement } from '../../../src/core/session/arrangeProfiles.ts';
import { canRunAgain } from '../../../src/core/flowView/canRunAgain.ts';
import { FlowLog, keptFlows } from '../../../src/core/session/flowLog.ts';
import { flowLine } from '../../../src/core/session/flowsTree.ts';
import { profileLine, serverHost } from '../../../src/core/session/profilesTree.ts';
import { statusLine } from '../../../src/core/session/statusLine.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22, 12);

function tokens(over: Partial<TokenSet> = {}): TokenSet {
  return {
    access_token: 'opaque',
    token_type: 'Bearer',
    received_at: now,
    expires_at: now + 42 * 60_000,
    requested_scopes: [],
    extra: {},
    ...over,
  };
}

function report(over: Partial<FlowReport> = {}): FlowReport {
  return {
    id: 'flow-1',
    kind: 'client_credentials',
    profile: machineProfile(),
    startedAt: now,
    endedAt: now + 120,
    exchanges: [],
    outcome: { kind: 'token', tokens: tokens() },
    ...over,
  };
}

function exchange(status: number): Exchange {
  return {
    ...{ id: 1, purpose: 'api', leg: 'extension', startedAt: now, endedAt: now + 5, deviations: [] },
    request: { method: 'GET', url: 'https://api.example.com/', headers: [] },
    response: { status, statusText: '', headers: [], body: '' },
  };
}

describe('what can be run again', () => {
  const api = report({ kind: 'api_call', exchanges: [exchange(200)] });
  it('is what has its profile, and of a request what was sent', () => {
    const there = (profile: unknown) => profile;
    const gone = () => undefined;
    assert.equal(canRunAgain(report(), there), true);
    assert.equal(canRunAgain(report(), gone), false);
    assert.equal(canRunAgain(api, there), true);
    assert.equal(canRunAgain({ ...api, restored: true }, there), false);
    const [sent] = api.exchanges;
    assert.ok(sent);
    const cut = { ...sent, request: { ...sent.request, body: 'x', omitted: 3 } };
    assert.equal(canRunAgain({ ...api, exchanges: [cut] }, there), false);
    assert.equal(canRunAgain(report({ kind: 'mcp', exchanges: [exchange(401)] }), gone), true);
  });
});

describe('the arrangement of profiles', () => {
  const items = [
    { profile: machineProfile({ name: 'Zebra' }), place: 'user' },
    { profile: machineProfile({ name: 'Ant', issuer: 'https://other.example.com' }), place: 'workspace' },
    { profile: machineProfile({ name: 'Bee' }), place: 'user' },
  ];
  const arranged = (groups: 'none' | 'server' | 'settings', order: 'settings' | 'name') =>
    arrangeProfiles(
      items,
      { groups, order },
      ({ place }) => place,
      (a, b) => a.localeCompare(b),
    ).map((group) => [group.name, ...group.items.map(({ profile }) => profile.name)]);

  it('groups by server or settings, and orders as they are written or by name', () => {
    assert.deepEqual(arranged('none', 'settings'), [[undefined, 'Zebra', 'Ant', 'Bee']]);
    assert.deepEqual(arranged('none', 'name'), [[undefined, 'Ant', 'Bee', 'Zebra']]);
    assert.deepEqual(arranged('server', 'settings'), [
      ['as.example.com', 'Zebra', 'Bee'],
      ['other.example.com', 'Ant'],
    ]);
    assert.deepEqual(arranged('settings', 'name'), [
      ['user', 'Bee', 'Zebra'],
      ['workspace', 'Ant'],
    ]);
  });

  it('is the standard one where what was remembered is none', () => {
    for (const value of [undefined, null, 'x', [], { groups: 'constructor', order: 1 }])
      assert.deepEqual(parseArrangement(value), { groups: 'none', order: 'settings' });
    assert.deepEqual(parseArrangement({ groups: 'server', order: 'name' }), {
      groups: 'server',
      order: 'name',
    });
  });
});

describe('the Profiles tree', () => {
  it('says server and token state, and which profile is the active one', () => {
    const line = profileLine(machineProfile(), tokens(), now, { active: true });
    assert.equal(line.description, '42 min', 'narrow side bars have no room for more');
    assert.ok(line.tooltip.includes('Token: 42 min left'));
    assert.equal(line.said, 'active, 42 min left, as.example.com');
    assert.deepEqual(line.icon, { name: 'star-full', colour: 'testing.iconPassed' });
    assert.equal(profileLine(machineProfile(), tokens(), now, { active: false }).icon.name, 'server');
    assert.ok(line.tooltip.some((text) => text.includes('https://as.example.com')));
    assert.match(line.context, /\bactive\b/);
  });

  it('names the environment of a profile with variables, and of no other', () => {
    const lines = (profile: ReturnType<typeof machineProfile>) =>
      profileLine(profile, undefined, 0, { active: false }).tooltip;
    const named = (one: readonly string[]) => one.filter((line) => line.startsWith('Environment'));
    assert.deepEqual(named(lines(machineProfile({ environment: 'dev' }))), ['Environment: dev']);
    assert.deepEqual(named(lines(machineProfile())), []);
  });

  it('says where a profile is written, beside the name only where that differs', () => {
    const at = (differs: boolean) =>
      profileLine(machineProfile(), undefined, now, { active: false, place: { name: 'workspace', differs } });
    assert.equal(at(true).description, 'no token · workspace');
    assert.equal(at(true).said, 'no token, as.example.com, workspace');
    assert.equal(at(false).description, 'no token');
    assert.ok(at(false).tooltip.includes('Written in the workspace settings'));
  });

  it('names in its context what the menus ask for', () => {
    assert.equal(
      profileLine(machineProfile(), undefined, now, { active: false }).context,
      'profile client_credentials confidential registrable',
    );
    assert.equal(
      profileLine(userProfile(), tokens({ refresh_token: 'r' }), now, { active: false }).context,
      'profile authorization_code registrable token refreshable introspection revocation',
    );
    const { issuer: _, ...withoutIssuer } = userProfile();
    assert.doesNotMatch(
      profileLine(withoutIssuer, undefined, now, { active: false }).context,
      /registrable/,
      'a registration is managed at the issuer',
    );
    // What the keychain keeps the key of is not handed out: nothing offers it.
    const bound = / bound /;
    assert.match(
      profileLine(userProfile(), tokens({ token_type: 'DPoP', refresh_token: 'r' }), now, { active: false })
        .context,
      bound,
    );
    assert.match(profileLine(userProfile({ dpop: true }), undefined, now, { active: true }).context, bound);
    const proving = (clientAuthentication: 'private_key_jwt' | 'tls_client_auth') =>
      profileLine(machineProfile({ clientAuthentication }), undefined, now, { active: false }).context;
    assert.match(proving('private_key_jwt'), / signs publishes registrable$/);
    assert.match(proving('tls_client_auth'), / publishes registrable$/);
    assert.doesNotMatch(proving('tls_client_auth'), /signs/);
  });

  it('counts a token within 30 s of its end as expired', () => {
    assert.equal(
      profileLine(userProfile(), tokens({ expires_at: now + 30_000 }), now, { active: false }).state,
      'expired',
    );
    assert.equal(
      profileLine(userProfile(), tokens({ expires_at: now + 31_000 }), now, { active: false }).state,
      'valid',
    );
  });

  it('says of a token in its last seconds that it counts as expired, in tree and status bar alike', () => {
    const late = tokens({ expires_at: now + 20_000 });
    const line = profileLine(machineProfile(), late, now, { active: false });
    assert.equal(line.description, 'ends in 20 s');
    assert.equal(line.said, 'ends in 20 s, counts as expired, as.example.com');
    assert.equal(line.icon.colour, 'testing.iconFailed');
    assert.deepEqual(statusLine(machineProfile(), late, now), {
      text: '$(key) Machine · ends in 20 s',
      tooltip: 'Machine: ends in 20 s, counts as expired',
      warning: true,
    });
  });

  it('says in the status bar what is left, that it is over, and nothing where there is nothing to say', () => {
    const text = (token: TokenSet | undefined) => statusLine(machineProfile(), token, now).text;
    assert.equal(text(tokens()), '$(key) Machine · 42 min');
    assert.equal(text(tokens({ expires_at: now - 1000 })), '$(key) Machine · expired');
    assert.equal(text(undefined), '$(key) Machine');
  });

  it('names no host for a profile whose server is no URL', () => {
    assert.equal(serverHost(machineProfile({ issuer: 'nonsense' })), 'no server');
  });
});

describe('the Flows tree', () => {
  it('says kind, outcome, duration and time of a run', () => {
    const line = flowLine({ state: 'ended', flow: report() }, now, () => '12:00');
    assert.equal(line.label, 'Client credentials · token');
    assert.equal(line.description, 'Machine · 120 ms · 12:00');
    assert.equal(line.context, 'flow ended token');
  });

  it('calls what an API answered by its status, and a server’s error by its own word', () => {
    const api = flowLine(
      { state: 'ended', flow: report({ kind: 'api_call', exchanges: [exchange(200)] }) },
      now,
      String,
    );
    assert.equal(api.label, 'API call · 200');
    assert.equal(api.tooltip.at(-1), '1 exchange in 120 ms');
    assert.equal(api.context, 'flow ended answer');
    const error = {
      kind: 'oauth_error',
      step: 'token',
      status: 400,
      body: { error: 'invalid_scope\u202e' },
      message: 'No.',
      advice: '',
    } as const;
    const refused = report({ outcome: { kind: 'failure', failure: error } });
    assert.equal(
      flowLine({ state: 'ended', flow: refused }, now, String).label,
      'Client credentials · invalid_scope',
    );
  });

  it('tells a cancelled run from a failed one', () => {
    const cancelled = { kind: 'cancelled', step: 'token', message: 'Cancelled.', advice: '' } as const;
    const failed = {
      kind: 'timeout',
      seconds: 30,
      step: 'token',
      message: 'No answer.',
      advice: '',
    } as const;
    const icon = (failure: typeof cancelled | typeof failed) =>
      flowLine({ state: 'ended', flow: report({ outcome: { kind: 'failure', failure } }) }, now, String).icon;
    assert.equal(icon(cancelled), 'circle-slash');
    assert.equal(icon(failed), 'error');
  });

  it('says of an MCP server that no client can connect to that this is no success', () => {
    const line = (verdict: string, kind: 'mcp' | 'introspection' = 'mcp') => {
      const outcome = { kind: 'checked', title: 'MCP server', verdict, meaning: 'Nobody is there.' } as const;
      const { icon, label, tooltip } = flowLine(
        { state: 'ended', flow: report({ kind, outcome }) },
        now,
        String,
      );
      assert.match(tooltip[1] ?? '', /MCP server: Nobody is there\.$/);
      return [icon, label];
    };
    assert.deepEqual(line('bad'), ['error', 'MCP · cannot connect']);
    assert.deepEqual(line('good'), ['pass', 'MCP · checked']);
    assert.deepEqual(line('warn'), ['pass', 'MCP · checked']);
    assert.equal(line('bad', 'introspection')[0], 'pass');
  });

  it('says that a running flow waits for the browser', () => {
    const flow = {
      id: 'flow-2',
      kind: 'authorization_code',
      profile: userProfile(),
      startedAt: now - 42_000,
      exchanges: [],
      waiting: {
        kind: 'redirect',
        authorizationUrl: 'https://as.example.com/auth',
        redirectUri: 'http://127.0.0.1:1/cb',
        deadline: now,
        submitRedirect: () => Promise.resolve({ accepted: true as const }),
        openAgain: () => Promise.resolve(),
      },
    } as const;
    const line = flowLine({ state: 'running', flow }, now, String);
    assert.equal(line.label, 'Authorization code · waiting for the browser');
    assert.equal(line.description, 'User · 42 s');
    assert.equal(line.context, 'flow running redirect url');
  });
});

describe('the flow log', () => {
  it('forgets one that has ended, and none that runs', () => {
    const log = new FlowLog();
    log.put({ state: 'ended', flow: report({ id: 'a' }) });
    log.put({ state: 'running', flow: { ...report(), id: 'b' } });
    let heard = 0;
    log.changes.on(() => heard++);
    for (const id of ['a', 'b', 'unknown']) log.remove(id);
    assert.deepEqual(
      log.entries.map(({ flow }) => flow.id),
      ['b'],
    );
    assert.equal(heard, 1);
  });

  it(`keeps the last ${String(keptFlows)} runs, newest first`, () => {
    const log = new FlowLog();
    for (let i = 0; i <= keptFlows; i++)
      log.put({ state: 'ended', flow: report({ id: `flow-${String(i)}` }) });
    assert.equal(log.entries.length, keptFlows);
    assert.equal(log.entries[0]?.flow.id, 'flow-50');
    assert.equal(log.get('flow-0'), undefined);
  });

  it('replaces a running flow by its report, and keeps running ones when cleared', () => {
    const log = new FlowLog();
    const heard: unknown[] = [];
    log.changes.on((entry) => heard.push(entry?.state));
    const running = { ...report(), id: 'a' };
    log.put({ state: 'running', flow: running });
    log.put({ state: 'ended', flow: report({ id: 'b' }) });
    log.clear();
    assert.deepEqual(
      log.entries.map(({ flow }) => flow.id),
      ['a'],
    );
    log.put({ state: 'ended', flow: running });
    assert.equal(log.entries.length, 1);
    assert.deepEqual(heard, ['running', 'ended', undefined, 'ended']);
  });
});
