import type { Reader } from './reader.ts';
import { curl, powershell } from './readers/curl.ts';
import { dotenv } from './readers/dotenv.ts';
import { httpClientEnv } from './readers/httpClientEnv.ts';
import { looseObjects } from './readers/looseObjects.ts';
import { ownSettings } from './readers/ownSettings.ts';
import { postmanCollection, postmanEnvironment } from './readers/postman.ts';
import { restClientSettings } from './readers/restClientSettings.ts';
import { serverAddress, serverMetadata } from './readers/serverAddress.ts';

/** Every reader, in the order they are asked: what is surely one tool's file before what may be anything. */
export const readers: readonly Reader[] = [
  serverAddress,
  curl,
  powershell,
  ownSettings,
  serverMetadata,
  postmanCollection,
  postmanEnvironment,
  restClientSettings,
  httpClientEnv,
  looseObjects,
  dotenv,
];
