import { cleanExplanation } from '../diagnose/cleanExplanation.ts';
import { explainAnswer } from '../diagnose/explainAnswer.ts';
import type { Explanation } from '../diagnose/explanation.ts';
import { explanationMarkdown } from '../diagnose/explanationMarkdown.ts';
import { quickFixLabel } from '../diagnose/quickFixLabel.ts';
import { secretsIn } from '../http/secrets.ts';
import { markdownText } from '../markdownText.ts';
import type { Profile } from '../profile/profile.ts';
import type { Tool, ToolPorts } from './tool.ts';
import { ToolError } from './toolError.ts';
import type { ToolInput } from './toolInput.ts';

/** `oauth_explain_failure`: the last run of a profile that failed, or an answer that the model has; causes with evidence, and fixes. */
export const explainFailureTool: Tool = {
  inputs: ['profile', 'answer', 'status'],
  plan: (input, ports) => ({
    doing:
      input.text('answer') === undefined
        ? `Explaining the last failure of “${input.profile(ports).name}”`
        : 'Explaining an OAuth answer',
  }),
  run: (input, ports) => {
    const answer = input.text('answer');
    return answer === undefined
      ? explainLast(input.profile(ports), ports)
      : explainGiven(answer, input, ports);
  },
};

async function explainLast(profile: Profile, ports: ToolPorts): Promise<string> {
  const run = ports
    .runs()
    .find(({ profile: of, outcome }) => of.id === profile.id && outcome.kind === 'failure');
  if (run === undefined)
    throw new ToolError(
      `No run of this profile has failed since the window was opened. Give the server’s answer as answer, or use oauth_call_api or ask the user to run “OAuth Explorer: Get Token” to see whether it fails.`,
    );
  const explanation = await ports.explain(run);
  if (explanation === undefined) throw new ToolError('That run did not fail.');
  const secrets = [...secretsIn(run.exchanges), ...(run.pkce ? [run.pkce.code_verifier] : [])];
  return words(cleanExplanation(explanation, secrets), run.profile);
}

async function explainGiven(text: string, input: ToolInput, ports: ToolPorts): Promise<string> {
  const status = input.number('status', 100, 599);
  const profile = input.text('profile') === undefined ? undefined : input.profile(ports);
  const hints = { now: ports.clock.now(), ...(status === undefined ? {} : { status }) };
  const explained = explainAnswer(text, hints, profile, await ports.catalogue());
  if (explained.kind === 'unreadable')
    throw new ToolError(
      `${explained.why} Give the whole answer as text: the body of a response, a response with its header fields, or the URL of a redirect.`,
    );
  if (explained.kind === 'success') return 'Nothing failed: this answer is a success.';
  return words(explained.explanation, profile);
}

function words(explanation: Explanation, profile: Profile | undefined): string {
  const fixes = explanation.causes.flatMap(({ fixes: all }) => all.map(quickFixLabel));
  return [
    explanationMarkdown(explanation, profile ? { profile } : {}),
    ...(fixes.length === 0
      ? []
      : [
          `## What the user can change with one click (OAuth Explorer: Explain Failure)\n\n${fixes.map((fix) => `- ${markdownText(fix)}`).join('\n')}`,
        ]),
  ].join('\n\n');
}
