import { insertBearerCommand } from '../editor/insertBearerCommand.ts';
import { askUser } from '../editor/questions.ts';
import type { Services } from '../services.ts';

/** Puts a bearer header into the request under the cursor, or the one a lens points to. */
export async function insertBearer(
  services: Pick<Services, 'editor' | 'editors'>,
  argument: unknown,
): Promise<boolean> {
  const { source } = await services.editor();
  return insertBearerCommand(source, askUser, argument, services.editors);
}
