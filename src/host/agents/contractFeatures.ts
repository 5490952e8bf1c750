import * as vscode from 'vscode';
import type { ChecksReport } from '../../core/checks/report.ts';
import { verdictTitles } from '../../core/checks/wording.ts';
import { isServerKey, type ContractPlace } from '../../core/contract/contract.ts';
import { reportedUnder } from '../../core/contract/serverAddresses.ts';
import { holdContract, type Held } from '../../core/contract/holdContract.ts';
import { parseContract, type ParsedContract } from '../../core/contract/parseContract.ts';
import { commands } from '../../shared/commands.ts';
import type { Services } from '../services.ts';
import { isContract } from '../contractFile.ts';

/** Lenses and diagnostics in `oauth.checks.json`, from comparing it with the last run of the checks in this session. */
export class ContractFeatures implements vscode.Disposable {
  readonly #services: Pick<Services, 'checks' | 'clock' | 'profiles'>;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('oauth-explorer');
  readonly #own: vscode.Disposable[];

  /** @param changed called when the lenses change */
  constructor(services: Pick<Services, 'checks' | 'clock' | 'profiles'>, changed: () => void) {
    this.#services = services;
    const all = () => {
      for (const document of vscode.workspace.textDocuments) this.#check(document);
      changed();
    };
    const stop = services.checks.changes.on(all);
    this.#own = [
      this.#diagnostics,
      new vscode.Disposable(stop),
      services.profiles.onDidChange(all),
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#diagnostics.delete(uri)),
    ];
    all();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#own).dispose();
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isContract(document)) return [];
    const parsed = parseContract(document.getText());
    return [...parsed.places].flatMap(([id, places]) => {
      const range = rangeIn(document, places.get(''));
      const isServer = isServerKey(id);
      if (!isServer && this.#services.profiles.get(id) === undefined) return [];
      const lens = (title: string, command = '', argument?: object) =>
        new vscode.CodeLens(range, { title, command, ...(argument && { arguments: [argument] }) });
      const title = vscode.l10n.t('Run checks');
      const run = isServer
        ? lens(title, commands.checkMcpServer, { server: id })
        : lens(title, commands.runChecks, { profile: id });
      const held = this.#held(id, parsed);
      if (held === undefined) return [run];
      const write = lens(vscode.l10n.t('Write from the last run'), commands.writeContract, { profile: id });
      // The findings of a profile's run are written under the profile.
      return [run, ...(this.#report(id)?.profileId === id ? [write] : []), lens(summary(held))];
    });
  }

  #report(id: string): ChecksReport | undefined {
    const all = this.#services.profiles.usable();
    return this.#services.checks.get(reportedUnder(id, all));
  }

  #held(id: string, { contract }: ParsedContract): readonly Held[] | undefined {
    const [promised, report] = [contract.get(id), this.#report(id)];
    return promised && report && holdContract(promised, report, this.#services.clock.now());
  }

  #check(document: vscode.TextDocument): void {
    if (!isContract(document)) return;
    const parsed = parseContract(document.getText());
    const problem = (place: ContractPlace | undefined, text: string, severity: vscode.DiagnosticSeverity) => {
      const made = new vscode.Diagnostic(rangeIn(document, place), text, severity);
      made.source = 'OAuth Explorer';
      return made;
    };
    const { Error, Warning, Information } = vscode.DiagnosticSeverity;
    const found = parsed.problems.map(({ place, message }) => problem(place, message, Error));
    for (const [id, places] of parsed.places) {
      if (!isServerKey(id) && this.#services.profiles.get(id) === undefined)
        found.push(
          problem(places.get(''), vscode.l10n.t('No profile has this id in the settings here.'), Warning),
        );
      const report = this.#report(id);
      const held = this.#held(id, parsed);
      if (held === undefined || report === undefined) continue;
      for (const { id: check, promise, keeping, sentence } of held)
        if (keeping === 'broken')
          found.push(problem(places.get(promise), `${sentence}${drift(report, check)}`, Error));
        else if (keeping === 'better') found.push(problem(places.get(promise), sentence, Information));
      // What has changed since the last run is shown at the profile.
      if (report.profileId !== id) continue;
      const promised = new Set(held.map((one) => one.id));
      for (const { id: check, title } of report.differences ?? [])
        if (!promised.has(check))
          found.push(problem(places.get(''), `${title}:${drift(report, check)}`, Information));
    }
    this.#diagnostics.set(document.uri, found);
  }
}

/** A check's previous and present result, where they differ. */
function drift({ differences = [] }: ChecksReport, id: string): string {
  const change = differences.find((one) => one.id === id);
  if (change?.before === undefined) return '';
  const [before, now] = [verdictTitles[change.before].toLowerCase(), verdictTitles[change.now].toLowerCase()];
  return ` ${vscode.l10n.t('Since the last run: {0} before, {1} now.', before, now)}`;
}

function summary(held: readonly Held[]): string {
  const count = (keeping: Held['keeping']) => held.filter((one) => one.keeping === keeping).length;
  const broken = count('broken');
  return broken === 0
    ? vscode.l10n.t('{0} of {1} promises kept in the last run', held.length - count('open'), held.length)
    : vscode.l10n.t('{0} of {1} promises broken in the last run', broken, held.length);
}

function rangeIn(document: vscode.TextDocument, place: ContractPlace | undefined): vscode.Range {
  const { offset, length } = place ?? { offset: 0, length: 1 };
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
