import * as vscode from 'vscode';
import { planTool, runTool } from '../../core/tools/useTool.ts';
import { ToolError } from '../../core/tools/toolError.ts';
import type { ToolName } from '../../shared/toolNames.ts';
import { withSignal } from '../cancellation.ts';
import { noticeText } from '../noticeText.ts';
import { toolPorts, type ToServe } from './toolPorts.ts';

/** The confirmation that VS Code shows before a tool runs. */
export async function prepareTool(
  services: ToServe,
  name: ToolName,
  input: unknown,
): Promise<vscode.PreparedToolInvocation> {
  const { doing, question } = await planTool(name, input, toolPorts(services));
  return {
    invocationMessage: asText(doing),
    ...(question && {
      confirmationMessages: {
        // A chat renders the title as Markdown, with links and icons.
        title: noticeText(question.title),
        message: shown(asText(question.text), question.shown),
      },
    }),
  };
}

/** Runs a tool; its result contains no token. @throws Error that tells the model what to do next */
export async function invokeTool(
  services: ToServe,
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
    // VS Code knows no error classes of ours, and might show a cause.
    throw thrown instanceof ToolError ? new Error(thrown.message) : thrown;
  }
}

function asText(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}

/** Indented by four spaces, so that nothing in the text can end the code block. @see CommonMark section 4.4 */
function shown(text: vscode.MarkdownString, lines: string | undefined): vscode.MarkdownString {
  if (lines === undefined) return text;
  return text.appendMarkdown(`\n\n${lines.replace(/^/gm, '    ')}\n`);
}
