import type { Reader } from './reader.ts';
import { azureAppSettings, azurePrincipal } from './readers/azure.ts';
import { brunoCollection, brunoFile } from './readers/bruno.ts';
import { calls } from './readers/calls.ts';
import { curl, powershell } from './readers/curl.ts';
import { dotenv } from './readers/dotenv.ts';
import { googleClient, googleServiceAccount, googleServices } from './readers/google.ts';
import { hoppscotchCollection, hoppscotchEnvironment } from './readers/hoppscotch.ts';
import { httpClientEnv } from './readers/httpClientEnv.ts';
import { httpie } from './readers/httpie.ts';
import { insomnia4, insomnia5 } from './readers/insomnia.ts';
import { keycloak, keycloakRealm } from './readers/keycloak.ts';
import { looseObjects } from './readers/looseObjects.ts';
import { mcpServers } from './readers/mcpServers.ts';
import { nextAuth } from './readers/nextAuth.ts';
import { openApi } from './readers/openApi.ts';
import { otherCommands } from './readers/otherCommands.ts';
import { ownSettings, sharedText } from './readers/ownSettings.ts';
import { postmanCollection, postmanEnvironment, postmanFile } from './readers/postman.ts';
import { protectedResource } from './readers/protectedResource.ts';
import { har, httpRequests } from './readers/recorded.ts';
import { registration } from './readers/registration.ts';
import { restClientSettings } from './readers/restClientSettings.ts';
import { sapServiceKey } from './readers/sap.ts';
import { script } from './readers/script.ts';
import { serverAddress, serverMetadata } from './readers/serverAddress.ts';
import { spring } from './readers/spring.ts';
import { started } from './readers/started.ts';
import { thunderClientCollection, thunderClientEnvironment } from './readers/thunderClient.ts';
import { yaak } from './readers/yaak.ts';

/** Every reader, in the order they are asked: what is surely one tool's file before what may be anything. */
export const readers: readonly Reader[] = [
  serverAddress,
  sharedText,
  httpRequests,
  script,
  curl,
  powershell,
  otherCommands,
  started,
  calls,
  har,
  ownSettings,
  serverMetadata,
  postmanCollection,
  postmanFile,
  postmanEnvironment,
  insomnia4,
  insomnia5,
  yaak,
  httpie,
  thunderClientCollection,
  thunderClientEnvironment,
  hoppscotchCollection,
  brunoFile,
  brunoCollection,
  hoppscotchEnvironment,
  openApi,
  googleClient,
  googleServiceAccount,
  googleServices,
  keycloak,
  keycloakRealm,
  registration,
  protectedResource,
  sapServiceKey,
  azurePrincipal,
  azureAppSettings,
  spring,
  mcpServers,
  restClientSettings,
  httpClientEnv,
  nextAuth,
  looseObjects,
  dotenv,
];
