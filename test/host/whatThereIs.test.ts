import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LiveFlow } from '../../src/core/flow/liveFlow.ts';
import type { Waiting } from '../../src/core/record/waiting.ts';
import type { Services } from '../../src/host/services.ts';
import { WhatThereIs } from '../../src/host/whatThereIs.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { withServices } from './services.ts';
import { test } from './suite.ts';

const openAgain = () => Promise.resolve();
const submitRedirect = () => Promise.resolve({ accepted: true } as const);
const waits: Readonly<Record<string, Waiting | undefined>> = {
  nothing: undefined,
  redirect: {
    ...{ kind: 'redirect', authorizationUrl: 'https://as.example.com/a', deadline: 0, openAgain },
    ...{ redirectUri: 'http://127.0.0.1:1/callback', submitRedirect },
  },
  code: {
    ...{ kind: 'user_code', userCode: 'ABCD', deadline: 0, openAgain },
    verificationUri: 'https://as.example.com/device',
  },
  decision: { kind: 'decision', deadline: 0 },
};

test('what a running flow waits for is told, so that the palette offers what it can take', () =>
  withServices(({ services }) => {
    const found: Record<string, unknown> = {};
    telling(services, (tell) => {
      for (const [name, waiting] of Object.entries(waits)) {
        const of = { id: 'one', kind: 'any', profile: machineProfile(), startedAt: 0, exchanges: [] };
        const flow: LiveFlow = { ...of, ...(waiting && { waiting }) };
        services.flows.put({ state: 'running', flow });
        const told = tell();
        found[name] = ['noFlow', 'noEndedFlow', 'flowRunning', 'awaitsRedirect', 'awaitsCode'].filter(
          (key) => told.get(key) === true,
        );
      }
    });
    assert.deepEqual(found, {
      // One that runs can be shown; none can be deleted or exported.
      nothing: ['noEndedFlow', 'flowRunning'],
      redirect: ['noEndedFlow', 'flowRunning', 'awaitsRedirect'],
      code: ['noEndedFlow', 'flowRunning', 'awaitsCode'],
      decision: ['noEndedFlow', 'flowRunning'],
    });
    return Promise.resolve();
  }));

test('what no profile has is told, so that the palette offers no secret, key or registration in vain', () =>
  withServices(async ({ services, add }) => {
    const lacking = () => {
      let found: unknown;
      telling(services, (tell) => {
        found = tell().get('noneIs');
      });
      return found;
    };
    assert.equal(lacking(), 'confidential signs publishes registrable');
    const { issuer: _, ...nowhere } = userProfile({ clientAuthentication: 'none' });
    const as = 'https://as.example.com';
    await add({ ...nowhere, authorizationEndpoint: `${as}/authorize`, tokenEndpoint: `${as}/token` });
    assert.equal(lacking(), 'confidential signs publishes registrable');
    await add(machineProfile({ clientAuthentication: 'private_key_jwt' }));
    assert.equal(lacking(), '');
  }));

/** Has `body` tell VS Code what there is, and hands it what VS Code was told. */
function telling(services: Services, body: (tell: () => ReadonlyMap<string, unknown>) => void): void {
  const { executeCommand } = vscode.commands;
  const told = new Map<string, unknown>();
  const keep = (command: string, key: string, value: unknown) => {
    assert.equal(command, 'setContext');
    told.set(key.replace('oauthExplorer.', ''), value);
    return Promise.resolve();
  };
  Object.assign(vscode.commands, { executeCommand: keep });
  const there = new WhatThereIs();
  try {
    body(() => {
      there.tell(services);
      return told;
    });
  } finally {
    Object.assign(vscode.commands, { executeCommand });
  }
}
