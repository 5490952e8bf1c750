import { apiClients } from './apiClients.ts';
import { boundaries } from './boundaries.ts';
import { builders } from './builders.ts';
import { commandVariables } from './commandVariables.ts';
import { commands } from './commands.ts';
import { deployment } from './deployment.ts';
import { fetched } from './fetched.ts';
import { frameworks } from './frameworks.ts';
import { inRepositories } from './inRepositories.ts';
import { leftBefore } from './leftBefore.ts';
import { leftOut } from './leftOut.ts';
import { loose } from './loose.ts';
import { metCold } from './metCold.ts';
import { metLast } from './metLast.ts';
import { moreRepositories } from './moreRepositories.ts';
import { newer } from './newer.ts';
import { newestClients } from './newestClients.ts';
import { outerSecrets } from './outerSecrets.ts';
import { partedTexts } from './partedTexts.ts';
import { pasted } from './pasted.ts';
import { postmanFiles } from './postmanFiles.ts';
import { products } from './products.ts';
import { programCalls } from './programCalls.ts';
import { programs } from './programs.ts';
import { quotedTexts } from './quotedTexts.ts';
import { realFiles } from './realFiles.ts';
import { repositories } from './repositories.ts';
import { selfHosted } from './selfHosted.ts';
import { sharedSecrets } from './sharedSecrets.ts';
import { signIns } from './signIns.ts';
import { stores } from './stores.ts';
import { strangeCommands } from './strangeCommands.ts';
import { strangeFiles } from './strangeFiles.ts';
import { strangeVariables } from './strangeVariables.ts';
import { tokenRequests } from './tokenRequests.ts';
import { unseen } from './unseen.ts';
import { wholeFiles } from './wholeFiles.ts';
import { written } from './written.ts';
import { yaakExports } from './yaak.ts';
import type { ForeignFile } from './foreignFile.ts';

/** Every file of another tool that is held here. */
export const foreignFiles: readonly ForeignFile[] = [
  ...apiClients,
  ...deployment,
  ...frameworks,
  ...loose,
  ...commands,
  ...strangeVariables,
  ...strangeFiles,
  ...strangeCommands,
  ...newer,
  ...tokenRequests,
  ...programs,
  ...products,
  ...pasted,
  ...written,
  ...commandVariables,
  ...programCalls,
  ...yaakExports,
  ...unseen,
  ...signIns,
  ...selfHosted,
  ...repositories,
  ...moreRepositories,
  ...stores,
  ...postmanFiles,
  ...metCold,
  ...metLast,
  ...newestClients,
  ...sharedSecrets,
  ...outerSecrets,
  ...leftOut,
  ...inRepositories,
  ...leftBefore,
  ...fetched,
  ...quotedTexts,
  ...builders,
  ...realFiles,
  ...boundaries,
  ...partedTexts,
  ...wholeFiles,
];
