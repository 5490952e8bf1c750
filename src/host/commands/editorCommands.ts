import { insertBearerCommand } from '../editor/insertBearerCommand.ts';
import { askUser } from '../editor/questions.ts';
import type { Parts } from '../parts.ts';

/** Puts a bearer header into the request under the cursor, or the one a lens points to. */
export async function insertBearer(parts: Parts, argument: unknown): Promise<boolean> {
  const { source } = await parts.editor();
  return insertBearerCommand(source, askUser, argument, parts.editors);
}
