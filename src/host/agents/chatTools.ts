import * as vscode from 'vscode';
import { planTool, runTool } from '../../core/tools/useTool.ts';
import { ToolError } from '../../core/tools/toolError.ts';
import type { ToolName } from '../../shared/toolNames.ts';
import { withSignal } from '../cancellation.ts';
import { noticeText } from '../noticeText.ts';
import type { Services } from '../services.ts';
import { toolPorts } from './toolPorts.ts';

/** What VS Code shows before a tool runs, in plain words. */
export async function prepareTool(
  services: Services,
  name: ToolName,
  input: unknown,
): Promise<vscode.PreparedToolInvocation> {
  const { doing, question } = await planTool(name, input, toolPorts(services));
  return {
    invocationMessage: asText(doing),
    ...(question && {
      confirmationMessages: {
        // What a chat shows as Markdown, with links and icons.
        title: noticeText(question.title),
        message: shown(asText(question.text), question.shown),
      },
    }),
  };
}

/** Runs a tool; what it gives holds no token. @throws Error with what the model is to do next */
export async function invokeTool(
  services: Services,
  name: ToolName,
  input: unknown,
  cancellation: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  try {
    const text = await withSignal(cancellation, (signal) =>
      runTool(name, input, toolPorts(services), signal),
    );
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (thrown) {
    // A class of our own would mean nothing to VS Code, and a cause might be shown.
    throw thrown instanceof ToolError ? new Error(thrown.message) : thrown;
  }
}

function asText(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}

/** Indented, so that nothing in what is shown can end the block. @see CommonMark section 4.4 */
function shown(text: vscode.MarkdownString, lines: string | undefined): vscode.MarkdownString {
  if (lines === undefined) return text;
  return text.appendMarkdown(`\n\n${lines.replace(/^/gm, '    ')}\n`);
}
