import type { Check } from './check.ts';
import { noAuthentication } from './client/noAuthentication.ts';
import { passwordGrant } from './client/passwordGrant.ts';
import { secretInQuery } from './client/secretInQuery.ts';
import { wrongSecret } from './client/wrongSecret.ts';
import { otherClient } from './code/otherClient.ts';
import { otherRedirect } from './code/otherRedirect.ts';
import { replayed } from './code/replayed.ts';
import { replayRevokes } from './code/replayRevokes.ts';
import { downgrade } from './pkce/downgrade.ts';
import { malformedChallenge } from './pkce/malformedChallenge.ts';
import { missingVerifier } from './pkce/missingVerifier.ts';
import { noChallenge } from './pkce/noChallenge.ts';
import { plain } from './pkce/plain.ts';
import { reusedChallenge } from './pkce/reusedChallenge.ts';
import { unknownMethod } from './pkce/unknownMethod.ts';
import { wrongVerifier } from './pkce/wrongVerifier.ts';
import { dotSegments } from './redirect/dotSegments.ts';
import { encodedDotSegments } from './redirect/encodedDotSegments.ts';
import { errorWithoutCode } from './redirect/errorWithoutCode.ts';
import { extraQuery } from './redirect/extraQuery.ts';
import { extraSegment } from './redirect/extraSegment.ts';
import { fragment } from './redirect/fragment.ts';
import { lookAlikeHost } from './redirect/lookAlikeHost.ts';
import { loopbackNames } from './redirect/loopbackNames.ts';
import { missing } from './redirect/missing.ts';
import { otherPort } from './redirect/otherPort.ts';
import { pathCase } from './redirect/pathCase.ts';
import { registered } from './redirect/registered.ts';
import { scheme } from './redirect/scheme.ts';
import { sentTwice } from './redirect/sentTwice.ts';
import { trailingSlash } from './redirect/trailingSlash.ts';
import { unregisteredHost } from './redirect/unregisteredHost.ts';
import { userinfo } from './redirect/userinfo.ts';
import { familyRevoked } from './refresh/familyRevoked.ts';
import { refreshOtherClient } from './refresh/otherClient.ts';
import { reuse } from './refresh/reuse.ts';
import { rotation } from './refresh/rotation.ts';
import { widening } from './refresh/widening.ts';
import { framing } from './response/framing.ts';
import { implicit } from './response/implicit.ts';
import { issuer } from './response/issuer.ts';
import { noStore } from './response/noStore.ts';
import { state } from './response/state.ts';
import { stateOnErrors } from './response/stateOnErrors.ts';

/** Every check, in the order in which they run; adding one is one file and one line. */
export const checks: readonly Check[] = [
  registered,
  otherPort,
  loopbackNames,
  trailingSlash,
  pathCase,
  extraSegment,
  extraQuery,
  dotSegments,
  encodedDotSegments,
  userinfo,
  lookAlikeHost,
  scheme,
  fragment,
  missing,
  sentTwice,
  unregisteredHost,
  errorWithoutCode,
  noChallenge,
  plain,
  unknownMethod,
  malformedChallenge,
  wrongVerifier,
  missingVerifier,
  downgrade,
  reusedChallenge,
  replayed,
  replayRevokes,
  otherRedirect,
  otherClient,
  state,
  stateOnErrors,
  issuer,
  implicit,
  framing,
  noStore,
  wrongSecret,
  noAuthentication,
  secretInQuery,
  passwordGrant,
  rotation,
  reuse,
  familyRevoked,
  widening,
  refreshOtherClient,
];
