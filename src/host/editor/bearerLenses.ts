import * as vscode from 'vscode';
import { bearerPlace } from '../../core/httpFile/place.ts';
import { isSendable, type HttpBlock, type HttpFileRequest } from '../../core/httpFile/request.ts';
import { describeEnd } from '../../core/session/tokenState.ts';
import { withoutIcons } from '../../core/session/statusLine.ts';
import { commands, type RequestArgument } from '../../shared/commands.ts';
import { byHand } from '../byHand.ts';
import type { ParsedDocuments } from './documents.ts';
import { readFromEnvironment } from './environmentFiles.ts';
import { otherHeaders, ownerOf } from './ownership.ts';
import { SeenLines } from './seenLines.ts';
import type { TokenSource } from './tokenSource.ts';

/** Up to this many requests in a document, all have their lenses at once; in longer documents only those near the visible ones. */
const manyRequests = 300;

/** A lens over a request, resolved when it becomes visible. */
class RequestLens extends vscode.CodeLens {
  readonly action: 'insert' | 'send';
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly block: HttpBlock;
  readonly request: HttpFileRequest;

  constructor(
    action: RequestLens['action'],
    document: vscode.TextDocument,
    text: string,
    block: HttpBlock,
    request: HttpFileRequest,
  ) {
    super(new vscode.Range(request.line, 0, request.line, 0));
    this.action = action;
    this.document = document;
    this.text = text;
    this.block = block;
    this.request = request;
  }
}

/** The lenses over each request: insert or renew the bearer token, and send with it. */
export class BearerLenses {
  readonly #documents: ParsedDocuments;
  readonly #source: () => Promise<TokenSource>;
  readonly #seen = new SeenLines();

  constructor(documents: ParsedDocuments, source: () => Promise<TokenSource>) {
    this.#documents = documents;
    this.#source = source;
  }

  provide(document: vscode.TextDocument): vscode.CodeLens[] {
    const parsed = this.#documents.get(document);
    if (!parsed) return [];
    const count = parsed.file.blocks.reduce((sum, block) => sum + block.requests.length, 0);
    const isNear = count > manyRequests ? this.#seen.cover(document) : () => true;
    const lenses: vscode.CodeLens[] = [];
    for (const block of parsed.file.blocks)
      for (const request of block.requests)
        if (isSendable(request) && isNear(request.line))
          lenses.push(
            new RequestLens('insert', document, parsed.text, block, request),
            new RequestLens('send', document, parsed.text, block, request),
          );
    return lenses;
  }

  /** Whether an editor now shows requests whose lenses were left out. */
  isBeyond(editor: vscode.TextEditor): boolean {
    return this.#seen.isBeyond(editor);
  }

  async resolve(lens: vscode.CodeLens): Promise<vscode.CodeLens> {
    if (!(lens instanceof RequestLens)) return lens;
    const argument = byHand({ uri: lens.document.uri.toString(), line: lens.request.line });
    lens.command =
      lens.action === 'insert'
        ? await this.#insertCommand(lens, argument)
        : {
            command: commands.callApi,
            title: vscode.l10n.t('Send with token'),
            tooltip: vscode.l10n.t(
              'Sends this request with the token of a profile; the file stays as it is.',
            ),
            arguments: [argument],
          };
    return lens;
  }

  async #insertCommand(lens: RequestLens, argument: RequestArgument): Promise<vscode.Command> {
    const source = await this.#source();
    const place = bearerPlace(lens.text, lens.block, lens.request, await otherHeaders(source));
    const owned = await ownerOf(place, source, (name) => readFromEnvironment(lens.document, name));
    const command = commands.insertBearer;
    if (!owned) {
      const replaces = place.way === 'literal' || place.way === 'fileVariable';
      const title = replaces ? vscode.l10n.t('Replace bearer token') : vscode.l10n.t('Insert bearer token');
      return { command, title, arguments: [argument] };
    }
    const { profile, expiresAt, current } = owned;
    const state = !current
      ? vscode.l10n.t('older token')
      : expiresAt === undefined
        ? vscode.l10n.t('end unknown')
        : describeEnd(expiresAt, Date.now());
    return {
      command,
      title: vscode.l10n.t('{0} · renew', `${withoutIcons(profile.name)} · ${state}`),
      tooltip: vscode.l10n.t('Bearer token of “{0}”. Click to renew it in place.', profile.name),
      arguments: [{ ...argument, profile: profile.id, renew: current } satisfies RequestArgument],
    };
  }
}
