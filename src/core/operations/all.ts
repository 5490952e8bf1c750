import type { OperationName } from '../grants/possibleOperations.ts';
import { introspection } from './introspection.ts';
import type { OperationDescriptor } from './operation.ts';
import { revocation } from './revocation.ts';
import { signOut } from './signOut.ts';
import { userinfo } from './userinfo.ts';

/** Everything that can be done with a token at its server: the only list of it. */
export const allOperations = { introspection, userinfo, revocation, signOut } satisfies Readonly<
  Record<OperationName, OperationDescriptor>
>;
