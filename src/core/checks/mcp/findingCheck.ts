import type { McpExploration } from '../../mcp/explore.ts';
import type { McpFinding } from '../../mcp/finding.ts';
import type { ApiBench } from '../apiBench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notApplicable, notDetermined, pass, weakness } from '../judgement.ts';

type Words = Pick<Check, 'title' | 'tries' | 'expects' | 'judged' | 'sources'>;

/** How far the exploration must get for a check to see anything. */
export type Reached = 'challenge' | 'document' | 'server';

/** A check that reads what an exploration found. */
export interface OfExploration extends Words {
  readonly name: string;
  readonly needs: Reached;
  /** The verdict for each finding. */
  readonly verdicts: Readonly<Record<string, 'fail' | 'weakness'>>;
  /** What to say when there was no such finding. */
  readonly good: string;
  /** How many requests it sends at most, if it is the first to need them. */
  readonly requests?: number;
}

/** A check of what a client learns before anybody signs in; the exploration is shared by all of them. */
export function findingCheck(asked: OfExploration): Check<ApiBench> {
  const { name, title, tries, expects, judged, sources, verdicts, good, requests = 0 } = asked;
  return {
    ...{ title, tries, expects, judged, sources, requests },
    id: `mcp.${name}`,
    area: 'mcp',
    needs: {},
    signIns: 0,
    async run(bench) {
      const exploration = await bench.explored();
      const missing = notReached(exploration, asked.needs);
      const found = exploration.findings.filter(({ code }) => verdicts[code] !== undefined);
      const own = found.filter(({ silent }) => silent !== true);
      const worst = own.find(({ code }) => verdicts[code] === 'fail') ?? own[0];
      if (worst !== undefined) return judgementOf(worst, verdicts[worst.code] ?? 'weakness');
      const [unsure] = found;
      if (unsure !== undefined) return notDetermined(unsure.message);
      return missing ?? pass(good);
    },
  };
}

function judgementOf(finding: McpFinding, verdict: 'fail' | 'weakness'): Judgement {
  const sides = (finding.compared ?? []).map(({ label, value }) => `${label}: ${value.slice(0, 200)}`);
  const meaning = sides.length === 0 ? finding.message : `${finding.message} ${sides.join('; ')}.`;
  return verdict === 'fail' ? fail(meaning, finding.advice) : weakness(meaning, finding.advice);
}

/** Why nothing can be said, when the exploration ended earlier. */
export function notReached(exploration: McpExploration, needs: Reached): Judgement | undefined {
  const { answer, resource, servers } = exploration;
  if (answer.kind === 'open') return notApplicable('The server serves without a token: there is no OAuth.');
  if (answer.kind === 'not_mcp') return notDetermined('The server did not answer as an MCP server.');
  if (needs === 'challenge')
    return answer.kind === 'challenge'
      ? undefined
      : notDetermined('There was no 401 whose challenge could be read.');
  // Without it the authorization server is only guessed, which tells nothing about the server's own metadata.
  if (resource === undefined) return notDetermined('There is no protected-resource document to look at.');
  if (needs === 'document') return undefined;
  return servers.some(({ metadata }) => metadata !== undefined)
    ? undefined
    : notDetermined('No metadata of an authorization server was found that can be used.');
}
