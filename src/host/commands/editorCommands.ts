import { reach } from '../contextKeys.ts';
import { insertBearerCommand } from '../editor/insertBearerCommand.ts';
import { askUser } from '../editor/questions.ts';
import type { Services } from '../services.ts';

/** Puts a bearer header into the request under the cursor, or the one a lens points to. */
export async function insertBearer(
  services: Pick<Services, 'editor' | 'editors'>,
  argument: unknown,
): Promise<boolean> {
  const { source } = await services.editor();
  const inserted = await insertBearerCommand(source, askUser, argument, services.editors);
  if (inserted) void reach('bearerInserted');
  return inserted;
}
