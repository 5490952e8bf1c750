import { addressTopics } from './address.ts';
import { clientTopics } from './client.ts';
import { operatorTopics } from './operator.ts';
import { requestTopics } from './request.ts';
import { signInTopics } from './signIn.ts';

/** What servers say in words of their own; from their documentation, sources and users' reports. */
export const topics = [
  ...clientTopics,
  ...addressTopics,
  ...operatorTopics,
  ...requestTopics,
  ...signInTopics,
];
