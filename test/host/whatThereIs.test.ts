import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LiveFlow } from '../../src/core/flow/liveFlow.ts';
import type { Waiting } from '../../src/core/record/waiting.ts';
import { WhatThereIs } from '../../src/host/whatThereIs.ts';
import { machineProfile } from '../support/profiles.ts';
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
    const { executeCommand } = vscode.commands;
    const told = new Map<string, unknown>();
    const keep = (command: string, key: string, value: unknown) => {
      assert.equal(command, 'setContext');
      told.set(key.replace('oauthExplorer.', ''), value);
      return Promise.resolve();
    };
    Object.assign(vscode.commands, { executeCommand: keep });
    const found: Record<string, unknown> = {};
    try {
      const there = new WhatThereIs();
      for (const [name, waiting] of Object.entries(waits)) {
        const of = { id: 'one', kind: 'any', profile: machineProfile(), startedAt: 0, exchanges: [] };
        const flow: LiveFlow = { ...of, ...(waiting && { waiting }) };
        services.flows.put({ state: 'running', flow });
        there.tell(services);
        found[name] = ['flowRunning', 'awaitsRedirect', 'awaitsCode'].filter((key) => told.get(key) === true);
      }
    } finally {
      Object.assign(vscode.commands, { executeCommand });
    }
    assert.deepEqual(found, {
      nothing: ['flowRunning'],
      redirect: ['flowRunning', 'awaitsRedirect'],
      code: ['flowRunning', 'awaitsCode'],
      decision: ['flowRunning'],
    });
    return Promise.resolve();
  }));
