import { FailureError } from '../record/failure.ts';
import { withoutHidden } from '../http/hiddenSecrets.ts';
import { maskJwts } from '../http/maskJwts.ts';
import { replacersOf } from '../http/replaceSecrets.ts';
import { visibleText } from '../../shared/visibleText.ts';
import type { ToolName } from '../../shared/toolNames.ts';
import { tools } from './all.ts';
import type { ToolPlan, ToolPorts } from './tool.ts';
import { ToolError } from './toolError.ts';
import { ToolInput } from './toolInput.ts';

/** Most characters of a result, and of an error. */
export const longestResult = 16_000;
const longestError = 2000;
/** Most characters of what the user is shown before. */
const longestShown = 6000;

/** What the user reads before a tool runs; for input that the tool refuses, that it will do so. Never rejects. */
export async function planTool(name: ToolName, given: unknown, ports: ToolPorts): Promise<ToolPlan> {
  const tool = tools[name];
  try {
    const plan = tool.plan(new ToolInput(given, tool.inputs), ports);
    const clean = await cleaner(ports);
    const { question } = plan;
    return {
      doing: clean(plan.doing, 300),
      ...(question && {
        question: {
          title: clean(question.title, 300),
          text: clean(question.text, 1000),
          ...(question.shown !== undefined && { shown: clean(question.shown, longestShown) }),
        },
      }),
    };
  } catch (thrown) {
    if (thrown instanceof ToolError) return { doing: 'Refusing a request that cannot be carried out' };
    ports.unexpected(thrown);
    return { doing: 'Using OAuth Explorer' };
  }
}

/**
 * What a language model gets for its call: bounded, and without any token, secret, code, verifier or key, whatever was asked for
 * and whatever came from a server.
 *
 * @throws ToolError with sentences that say what to do next
 */
export async function runTool(
  name: ToolName,
  given: unknown,
  ports: ToolPorts,
  signal: AbortSignal,
): Promise<string> {
  const tool = tools[name];
  let text: string;
  try {
    text = await tool.run(new ToolInput(given, tool.inputs), ports, signal);
  } catch (thrown) {
    throw new ToolError((await cleaner(ports))(sentence(thrown, ports), longestError));
  }
  // Only now: the run itself may have brought new secrets.
  return (await cleaner(ports))(text, longestResult);
}

function sentence(thrown: unknown, ports: ToolPorts): string {
  if (thrown instanceof ToolError) return thrown.message;
  if (thrown instanceof FailureError) {
    const { message, advice, kind } = thrown.failure;
    const next =
      kind === 'cancelled' ? 'Ask the user before you try again.' : 'oauth_explain_failure may say more.';
    return `${message} ${advice} ${next}`;
  }
  ports.unexpected(thrown);
  // What nobody foresaw may hold anything.
  return 'OAuth Explorer could not do this. That is a defect; its output channel in VS Code says more.';
}

async function cleaner(ports: ToolPorts): Promise<(text: string, most: number) => string> {
  // What others said was looked at where it was read: here our own sentences stand beside it.
  const { ours: replace } = replacersOf(await ports.secrets());
  return (text, most) => {
    const clean = visibleText(maskJwts(replace(text)));
    const said = withoutHidden(clean.slice(0, most), replace);
    return clean.length <= most ? said : `${said}\n(The rest was left out.)`;
  };
}
