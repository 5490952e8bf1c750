import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ContractFeatures } from '../../../src/host/agents/contractFeatures.ts';
import { checks } from '../../../src/core/checks/all.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import type { ApiTarget } from '../../../src/core/checks/apiTarget.ts';
import { planApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import { checkMcpServer } from '../../../src/host/commands/checkCommands.ts';
import { runApiTarget } from '../../../src/host/runApiTarget.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import type { Verdict } from '../../../src/core/checks/check.ts';
import { differences, type ChecksReport } from '../../../src/core/checks/report.ts';
import { userProfile } from '../../support/profiles.ts';
import { workspaceFolder } from '../editor/fixture.ts';
import { withServices } from '../services.ts';
import { test, until } from '../suite.ts';

const uri = () => vscode.Uri.joinPath(workspaceFolder(), 'oauth.checks.json');

function reportOf(verdicts: Readonly<Record<string, Verdict>>, before?: ChecksReport): ChecksReport {
  const results = Object.entries(verdicts).map(([id, verdict]) => {
    const check = checks.find((one) => one.id === id);
    assert.ok(check, id);
    const { area, title, tries, expects, sources } = check;
    const said = { id, area, title, tries, expects, sources, verdict, meaning: '', fixes: [], facts: {} };
    return { ...said, evidence: [], startedAt: 1, endedAt: 2 };
  });
  return {
    ...{ profileId: 'user', profileName: 'User', clientId: 'c', server: 'https://as.example.com' },
    ...{ startedAt: 1, endedAt: 2, cancelled: false, results },
    ...(before && { differences: differences(before, results) }),
  };
}

const ours = () => vscode.languages.getDiagnostics(uri()).filter(({ source }) => source === 'OAuth Explorer');

test('what is no contract is neither read without an end nor replaced', () =>
  withServices(async ({ services, user, add }) => {
    await add(userProfile());
    services.checks.keep(reportOf({ 'pkce.plain': 'pass' }));
    const long = Buffer.alloc(4 * 1024 * 1024 + 1, ' ');
    await vscode.workspace.fs.writeFile(uri(), long);
    try {
      await services.run('writeContract', { profile: 'user' });
      assert.match(user.heard.at(-1) ?? '', /^oauth\.checks\.json is larger than 4 MiB\.$/);
      assert.equal((await vscode.workspace.fs.stat(uri())).size, long.length);
    } finally {
      await vscode.workspace.fs.delete(uri());
    }
  }));

test('the contract is written from the last run, and says at the line what is broken since', () =>
  withServices(async ({ services, user, add }) => {
    await add(userProfile());
    await services.run('writeContract', { profile: 'user' });
    assert.match(user.heard.at(-1) ?? '', /have not run since the window was opened/);
    const first = reportOf({ 'pkce.plain': 'pass', 'pkce.no-challenge': 'weakness' });
    services.checks.keep(first);
    const features = new ContractFeatures(services, () => undefined);
    try {
      await services.run('writeContract', { profile: 'user' });
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.uri.toString(), uri().toString());
      assert.equal(document.languageId, 'jsonc');
      assert.equal(document.isDirty, false);
      assert.match(document.getText(), /"pkce\.plain": "pass"/);
      assert.deepEqual(ours(), []);
      const titles = () => features.lenses(document).map(({ command }) => command?.title);
      assert.deepEqual(titles(), [
        'Run checks',
        'Write from the last run',
        '2 of 2 promises kept in the last run',
      ]);
      services.checks.keep(reportOf({ 'pkce.plain': 'fail', 'pkce.no-challenge': 'weakness' }, first));
      const [broken, ...others] = ours();
      assert.deepEqual(others, []);
      assert.match(
        broken?.message ?? '',
        /pass is promised, and it is fail\. Since the last run: pass before, fail now\./,
      );
      assert.equal(document.getText(broken?.range), '"pkce.plain"');
      assert.equal(titles().at(-1), '1 of 2 promises broken in the last run');
    } finally {
      features.dispose();
      await vscode.workspace.fs.delete(uri());
    }
  }));

test('what cannot be read in the contract is said where it stands, and it is not written over', () =>
  withServices(async ({ services, user, add }) => {
    await add(userProfile());
    services.checks.keep(reportOf({ 'pkce.plain': 'pass' }));
    const features = new ContractFeatures(services, () => undefined);
    const text = '{ "profiles": { "user": { "checks": { "pkse.plain": "pass" } }, "nobody": {} } }';
    await vscode.workspace.fs.writeFile(uri(), Buffer.from(text));
    try {
      const document = await vscode.workspace.openTextDocument(uri());
      await until('the diagnostics', () => ours().length > 0);
      // The extension that is installed says the same.
      const said = new Set(ours().map(({ message, range }) => `${document.getText(range)}: ${message}`));
      assert.equal(said.size, 2, [...said].join('\n'));
      const [unknown = '', nobody = ''] = said;
      assert.match(unknown, /^"pkse\.plain": "pass": There is no check “pkse\.plain”/);
      assert.match(nobody, /^"nobody": No profile has this id/);
      await services.run('writeContract', { profile: 'user' });
      assert.match(
        user.heard.at(-1) ?? '',
        /not changed while it cannot be read\. Line 1: There is no check/,
      );
      assert.equal(document.getText(), text);
    } finally {
      features.dispose();
      await vscode.workspace.fs.delete(uri());
    }
  }));

test('VS Code completes the contract by its schema', async () => {
  await vscode.workspace.fs.writeFile(
    uri(),
    Buffer.from('{ "profiles": { "user": { "checks": { "pkce": "" } } } }'),
  );
  try {
    await vscode.extensions.getExtension('vscode.json-language-features')?.activate();
    const document = await vscode.workspace.openTextDocument(uri());
    await vscode.window.showTextDocument(document);
    // What VS Code has read of it for the test before may still be there for a moment.
    await until('the new text', () => document.getText().includes('""'));
    const at = document.positionAt(document.getText().indexOf('""') + 1);
    let labels: readonly string[] = [];
    const ask = async () => {
      const found = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      labels = found.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const end = Date.now() + 60_000;
    while (!labels.some((label) => label.includes('pass')) && Date.now() < end) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(
      labels.some((label) => label.includes('pass')),
      labels.join(),
    );
  } finally {
    await vscode.workspace.fs.delete(uri());
  }
});

test('an MCP server of the contract is checked at its whole address, which nothing shows', () =>
  withServices(async ({ services, commands, user }) => {
    const server = await startStandIn(() => ({ status: 401, headers: { 'www-authenticate': 'Bearer' } }));
    const secret = 'planted-7d21f0aa93c4';
    const servers = {
      [`${server.origin}/mcp?api_key=${secret}&tenant=a`]: { checks: { 'mcp.answers-401': 'pass' } },
      [`${server.origin.replace('//', `//me:${secret}@`)}/other`]: { checks: {} },
    };
    await vscode.workspace.fs.writeFile(uri(), Buffer.from(JSON.stringify({ servers })));
    const features = new ContractFeatures(services, () => undefined);
    try {
      const document = await vscode.workspace.openTextDocument(uri());
      // The one of the test before may still be open.
      await until('the contract', () => document.getText().includes('servers'));
      const lenses = features.lenses(document);
      assert.equal(lenses.length, 2);
      assert.ok(!JSON.stringify(lenses).includes(secret));
      const targets: ApiTarget[] = [];
      const showApi = (target: ApiTarget) => void targets.push(target);
      const views = { checks: () => Promise.resolve({ showApi }) } as unknown as typeof services.views;
      for (const { command } of lenses) await checkMcpServer({ ...services, views }, command?.arguments?.[0]);
      const asked = targets.map(({ mcp }) => mcp?.href);
      assert.deepEqual(asked, [`${server.origin}/mcp?api_key=${secret}&tenant=a`, `${server.origin}/other`]);
      const [target] = targets;
      assert.ok(target);
      const items = planApiChecks(true, false).filter(({ check }) => check.id === 'mcp.answers-401');
      const { signal } = new AbortController();
      const report = await runApiTarget(services, target, { items, signIn: false }, signal, () => undefined);
      services.checks.keep(report);
      assert.equal(report.results[0]?.verdict, 'pass');
      const [first] = server.requests;
      assert.equal(`${first?.path}?${first?.query.toString()}`, `/mcp?api_key=${secret}&tenant=a`);
      const titles = features.lenses(document).map((lens) => lens.command?.title);
      assert.ok(titles.includes('1 of 1 promises kept in the last run'), titles.join());
      const results = report.results.map(({ evidence, ...words }) => [words, redactExchanges(evidence)]);
      const shown = [features.lenses(document), ours(), user.heard, commands, results, report.server];
      assert.ok(!JSON.stringify(shown).includes(secret));
    } finally {
      features.dispose();
      await vscode.workspace.fs.delete(uri());
      await server.close();
    }
  }));
