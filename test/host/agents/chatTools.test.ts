import assert from 'node:assert/strict';
import { tokensOf } from '../tokensOf.ts';
import * as vscode from 'vscode';
import { toolNames } from '../../../src/shared/toolNames.ts';
import { prepareTool, invokeTool } from '../../../src/host/agents/chatTools.ts';
import { test } from '../suite.ts';
import { tokenServer, entryAt, servicesTest, setProfiles } from '../realServices.ts';

async function activate(): Promise<void> {
  await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
}

function textOf(result: vscode.LanguageModelToolResult): string {
  return result.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : String(part)))
    .join('');
}

test('VS Code offers the chat tools to language models', async () => {
  await activate();
  const offered = vscode.lm.tools.filter(({ name }) => name.startsWith('oauth_'));
  assert.deepEqual(offered.map(({ name }) => name).sort(), [...toolNames].sort());
  for (const { description, inputSchema } of offered) {
    assert.ok(description.length > 50 && !description.startsWith('%'));
    assert.ok(inputSchema);
  }
});

test('a chat tool answers through VS Code, and its errors say what to do next', async () => {
  await activate();
  const options = { input: {}, toolInvocationToken: undefined };
  assert.match(textOf(await vscode.lm.invokeTool('oauth_list_profiles', options)), /Add Profile|profiles/);
  await assert.rejects(
    async () => vscode.lm.invokeTool('oauth_token_status', { ...options, input: { profile: 'nobody' } }),
    /Add Profile|oauth_list_profiles/,
  );
});

servicesTest('a chat agent calls an API once the user has agreed to it and to the host', async (services) => {
  const server = await tokenServer();
  await setProfiles(services, [entryAt(server.origin, 'chat')]);
  const place = { id: 'chat', origin: server.origin, tokenEndpoint: `${server.origin}/token` };
  await services.secrets.set(place, 'secret of the chat');
  const input = { profile: 'chat', url: `${server.origin}/orders` };
  const cancellation = new vscode.CancellationTokenSource();
  try {
    const { confirmationMessages } = await prepareTool(services, 'oauth_call_api', input);
    const shown = confirmationMessages?.message;
    assert.ok(shown instanceof vscode.MarkdownString);
    assert.match(shown.value, / {4}GET http:\/\/127\.0\.0\.1:\d+\/orders/);
    await services.access.allows('agent', tokensOf(services, 'chat'), () => Promise.resolve('never'));
    await assert.rejects(
      invokeTool(services, 'oauth_call_api', input, cancellation.token),
      /does not let chat agents use the token/,
    );
    assert.equal(server.asked(), 0);
    await services.access.revoke({ caller: 'agent', ...tokensOf(services, 'chat') });
    await services.access.allows('agent', tokensOf(services, 'chat'), () => Promise.resolve('session'));
    await services.globalState.update(`usedOrigins.chat ${server.origin}`, [server.origin]);
    const text = textOf(await invokeTool(services, 'oauth_call_api', input, cancellation.token));
    assert.match(text, /^HTTP 200/);
    assert.ok(!text.includes('TOKEN-chat'), 'The new token that the server sent is masked.');
  } finally {
    await server.close();
  }
});
