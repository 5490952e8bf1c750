import type { Check } from './check.ts';
import { assertionAudience } from './client/assertionAudience.ts';
import { assertionExpired } from './client/assertionExpired.ts';
import { assertionOtherKey } from './client/assertionOtherKey.ts';
import { assertionReplayed } from './client/assertionReplayed.ts';
import { assertionUnsigned } from './client/assertionUnsigned.ts';
import { byGet } from './client/byGet.ts';
import { noAuthentication } from './client/noAuthentication.ts';
import { passwordGrant } from './client/passwordGrant.ts';
import { secretInQuery } from './client/secretInQuery.ts';
import { tokenSentTwice } from './client/sentTwice.ts';
import { unknownClient } from './client/unknownClient.ts';
import { wrongSecret } from './client/wrongSecret.ts';
import { concurrent } from './code/concurrent.ts';
import { entropy } from './code/entropy.ts';
import { codeLifetime } from './code/lifetime.ts';
import { otherClient } from './code/otherClient.ts';
import { otherRedirect } from './code/otherRedirect.ts';
import { replayRevokes } from './code/replayRevokes.ts';
import { replayed } from './code/replayed.ts';
import { codeTwice } from './device/codeTwice.ts';
import { polling } from './device/polling.ts';
import { userCode } from './device/userCode.ts';
import { asBearer } from './dpop/asBearer.ts';
import { otherAddress } from './dpop/otherAddress.ts';
import { otherKey } from './dpop/otherKey.ts';
import { otherMethod } from './dpop/otherMethod.ts';
import { otherToken } from './dpop/otherToken.ts';
import { replayedProof } from './dpop/replayedProof.ts';
import { pushedExpired } from './par/expired.ts';
import { pushedOtherClient } from './par/otherClient.ts';
import { pushedOutside } from './par/outside.ts';
import { usedTwice } from './par/usedTwice.ts';
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
import { fapiAuthentication } from './fapi/authentication.ts';
import { fapiBound } from './fapi/bound.ts';
import { fapiPushedByAnyone } from './fapi/pushedByAnyone.ts';
import { fapiPushing } from './fapi/pushing.ts';
import { fapiRotation } from './fapi/rotation.ts';
import { registered } from './redirect/registered.ts';
import { scheme } from './redirect/scheme.ts';
import { sentTwice } from './redirect/sentTwice.ts';
import { trailingSlash } from './redirect/trailingSlash.ts';
import { unregisteredHost } from './redirect/unregisteredHost.ts';
import { userinfo } from './redirect/userinfo.ts';
import { refreshConcurrent } from './refresh/concurrent.ts';
import { familyRevoked } from './refresh/familyRevoked.ts';
import { refreshOtherClient } from './refresh/otherClient.ts';
import { reuse } from './refresh/reuse.ts';
import { rotation } from './refresh/rotation.ts';
import { widening } from './refresh/widening.ts';
import { cors } from './response/cors.ts';
import { errorReflection } from './response/errorReflection.ts';
import { framing } from './response/framing.ts';
import { hsts } from './response/hsts.ts';
import { idToken } from './response/idToken.ts';
import { idTokenSignature } from './response/idTokenSignature.ts';
import { implicit } from './response/implicit.ts';
import { issuer } from './response/issuer.ts';
import { noStore } from './response/noStore.ts';
import { nonce } from './response/nonce.ts';
import { privateKeys } from './response/privateKeys.ts';
import { referrerPolicy } from './response/referrerPolicy.ts';
import { state } from './response/state.ts';
import { stateOnErrors } from './response/stateOnErrors.ts';
import { tlsVersion } from './response/tlsVersion.ts';
import { tokenResponse } from './response/tokenResponse.ts';
import { inQuery } from './token/inQuery.ts';
import { introspectionOpen } from './token/introspectionOpen.ts';
import { lifetime } from './token/lifetime.ts';
import { madeUp } from './token/madeUp.ts';
import { revocationCascade } from './token/revocationCascade.ts';
import { revocationOpen } from './token/revocationOpen.ts';
import { revocationOtherClient } from './token/revocationOtherClient.ts';
import { revokedAccess } from './token/revokedAccess.ts';
import { revokedRefresh } from './token/revokedRefresh.ts';
import { wrongKind } from './token/wrongKind.ts';

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
  concurrent,
  entropy,
  state,
  stateOnErrors,
  issuer,
  implicit,
  framing,
  noStore,
  nonce,
  idToken,
  idTokenSignature,
  privateKeys,
  tokenResponse,
  referrerPolicy,
  errorReflection,
  cors,
  tlsVersion,
  hsts,
  wrongSecret,
  noAuthentication,
  secretInQuery,
  passwordGrant,
  byGet,
  tokenSentTwice,
  unknownClient,
  assertionUnsigned,
  assertionOtherKey,
  assertionAudience,
  assertionExpired,
  assertionReplayed,
  rotation,
  reuse,
  familyRevoked,
  widening,
  refreshOtherClient,
  refreshConcurrent,
  revokedRefresh,
  revokedAccess,
  revocationCascade,
  revocationOtherClient,
  revocationOpen,
  introspectionOpen,
  inQuery,
  madeUp,
  wrongKind,
  lifetime,
  pushedOutside,
  usedTwice,
  pushedOtherClient,
  asBearer,
  replayedProof,
  otherAddress,
  otherMethod,
  otherToken,
  otherKey,
  fapiPushing,
  fapiPushedByAnyone,
  fapiAuthentication,
  fapiBound,
  fapiRotation,
  userCode,
  polling,
  codeTwice,
  // Last, so that no browser waits for what comes next.
  codeLifetime,
  pushedExpired,
];
