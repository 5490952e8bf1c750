import * as vscode from 'vscode';
import type { CheckResult } from '../../core/checks/report.ts';
import { areaTitles } from '../../core/checks/wording.ts';
import { isServerKey, serverKey } from '../../core/contract/contract.ts';
import { placeOfPromise, promisesOf } from '../../core/contract/promisesOf.ts';
import { testOutcome } from '../../core/contract/testOutcome.ts';
import { FailureError } from '../../core/record/failure.ts';
import { plainText } from '../../core/http/plainText.ts';
import { withSignal } from '../cancellation.ts';
import { setting } from '../settings.ts';
import { readContract } from '../contractFile.ts';
import {
  testSubject,
  testSubjects,
  type TestServices,
  type TestSubject,
  type TestSubjects,
} from './testSubjects.ts';
import { noticeText } from '../noticeText.ts';

/** Shows the checks of each profile and MCP server as tests, and runs them. */
export class CheckTests {
  readonly #services: TestServices;
  readonly #controller: vscode.TestController;
  #known: TestSubjects = { ids: [], addresses: new Map() };

  constructor(services: TestServices, controller: vscode.TestController) {
    this.#services = services;
    this.#controller = controller;
  }

  /** Adds the profiles and MCP servers, or the checks of the one that was expanded. */
  async resolve(item: vscode.TestItem | undefined): Promise<void> {
    if (item !== undefined) {
      this.#fill(item);
      return;
    }
    this.#known = await testSubjects(this.#services);
    const subjects = this.#known.ids.flatMap((id) => this.#subject(id) ?? []);
    this.#controller.items.replace(subjects.map((subject) => this.#root(subject)));
  }

  /** Runs what was asked for, one profile or server after another. */
  async run(
    request: vscode.TestRunRequest,
    signIn: boolean,
    cancellation: vscode.CancellationToken,
  ): Promise<void> {
    if (request.include === undefined) await this.resolve(undefined);
    // The secrets in the addresses may have changed.
    else this.#known = await testSubjects(this.#services);
    const run = this.#controller.createTestRun(request);
    try {
      await withSignal(cancellation, async (signal) => {
        for (const [id, items] of this.#chosen(request)) {
          const subject = this.#subject(id);
          if (subject && !signal.aborted) await this.#runSubject(subject, items, { run, signIn, signal });
        }
      });
    } finally {
      run.end();
    }
  }

  #subject(id: string): TestSubject | undefined {
    return testSubject(this.#services, id, this.#known);
  }

  #root({ id, name }: TestSubject): vscode.TestItem {
    const item = this.#controller.createTestItem(id, noticeText(name, 100));
    item.canResolveChildren = true;
    return item;
  }

  #fill(root: vscode.TestItem): void {
    const subject = this.#subject(root.id);
    if (subject === undefined || root.children.size > 0) return;
    const children = subject.plan().map(({ check, chosen }, index) => {
      const item = this.#controller.createTestItem(`${root.id}/${check.id}`, check.title);
      item.description = chosen
        ? areaTitles[check.area]
        : vscode.l10n.t('{0}; runs only by itself: {1}', areaTitles[check.area], check.caution ?? '');
      item.sortText = String(index).padStart(4, '0');
      return item;
    });
    root.children.replace(children);
  }

  /** The checks to run of each profile or server; for one as a whole, those that are selected by default. */
  #chosen({ include, exclude = [] }: vscode.TestRunRequest): ReadonlyMap<string, readonly vscode.TestItem[]> {
    const roots: vscode.TestItem[] = [];
    this.#controller.items.forEach((item) => roots.push(item));
    const chosen = new Map<string, vscode.TestItem[]>();
    for (const item of include ?? roots) {
      const root = item.parent ?? item;
      const of = chosen.get(root.id) ?? [];
      of.push(...(item.parent ? [item] : this.#whole(item)));
      chosen.set(root.id, of);
    }
    const out = new Set(exclude.map(({ id }) => id));
    const wanted = (items: readonly vscode.TestItem[]) =>
      [...new Set(items)].filter(({ id }) => !out.has(id));
    return new Map([...chosen].filter(([id]) => !out.has(id)).map(([id, items]) => [id, wanted(items)]));
  }

  #whole(root: vscode.TestItem): readonly vscode.TestItem[] {
    this.#fill(root);
    const plan = this.#subject(root.id)?.plan() ?? [];
    const chosen = new Set(plan.flatMap((one) => (one.chosen ? one.check.id : [])));
    const items: vscode.TestItem[] = [];
    root.children.forEach((item) => {
      if (chosen.has(checkOf(item))) items.push(item);
    });
    return items;
  }

  async #runSubject(
    subject: TestSubject,
    items: readonly vscode.TestItem[],
    {
      run,
      signIn,
      signal,
    }: {
      readonly run: vscode.TestRun;
      readonly signIn: boolean;
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    const pending = new Map(items.map((item) => [checkOf(item), item]));
    for (const item of items) run.enqueued(item);
    const contract = await readContract();
    try {
      const report = await subject.run(...([new Set(pending.keys()), signIn, signal] as const), (event) => {
        if (event.kind === 'started') {
          const item = pending.get(event.check.id);
          if (item) run.started(item);
        }
        if (event.kind !== 'ended') return;
        const item = pending.get(event.result.id);
        pending.delete(event.result.id);
        if (item) this.#tell(item, event.result, { run, subject, contract });
      });
      this.#services.checks.keep(report);
      for (const item of pending.values()) run.skipped(item);
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      const { message, advice, kind } = thrown.failure;
      for (const item of pending.values())
        if (kind === 'cancelled') run.skipped(item);
        else run.errored(item, new vscode.TestMessage(`${message} ${advice}`));
    }
  }

  #tell(
    item: vscode.TestItem,
    result: CheckResult,
    {
      run,
      subject,
      contract,
    }: {
      readonly run: vscode.TestRun;
      readonly subject: TestSubject;
      readonly contract: Awaited<ReturnType<typeof readContract>>;
    },
  ): void {
    const { profile, id } = subject;
    // The promises for an MCP server hold whichever profile supplies its tokens.
    const names = [profile.id, ...(isServerKey(id) ? [serverKey(id)] : [])];
    const outcome = testOutcome(result, profile, {
      contract: contract && promisesOf(contract.contract, names),
      weaknessFails: setting('weaknessInTests') === 'fails',
      now: this.#services.clock.now(),
    });
    const duration = result.endedAt - result.startedAt;
    switch (outcome.kind) {
      case 'passed':
        run.passed(item, duration);
        return;
      case 'skipped':
        run.appendOutput(`${plainText(`${result.title}: ${outcome.why}`, 1000)}\r\n`, undefined, item);
        run.skipped(item);
        return;
      case 'failed': {
        const { message, expected, actual, promise } = outcome;
        const said = vscode.TestMessage.diff(plainText(message, 2000), expected, plainText(actual, 2000));
        // Makes VS Code show a link to the evidence beside the message.
        said.contextValue = 'oauthExplorer.evidence';
        const place =
          promise === undefined ? undefined : contract && placeOfPromise(contract.places, names, promise);
        if (contract?.text !== undefined && place !== undefined)
          said.location = new vscode.Location(contract.uri, positionIn(contract.text, place.offset));
        run.failed(item, said, duration);
      }
    }
  }
}

/** The id of the check that a test item stands for. */
function checkOf({ id, parent }: vscode.TestItem): string {
  return id.slice((parent?.id ?? '').length + 1);
}

function positionIn(text: string, offset: number): vscode.Position {
  const lines = text.slice(0, offset).split('\n');
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
