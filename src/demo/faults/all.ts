import type { Fault } from './fault.ts';
import { loopbackNamesEqual } from './loopbackNamesEqual.ts';
import { trailingSlashIgnored } from './trailingSlashIgnored.ts';
import { pathCaseIgnored } from './pathCaseIgnored.ts';
import { pathPrefix } from './pathPrefix.ts';
import { queryIgnored } from './queryIgnored.ts';
import { dotSegmentsAllowed } from './dotSegmentsAllowed.ts';
import { encodedDotSegmentsAllowed } from './encodedDotSegmentsAllowed.ts';
import { userinfoTakenForHost } from './userinfoTakenForHost.ts';
import { hostPrefix } from './hostPrefix.ts';
import { hostSuffix } from './hostSuffix.ts';
import { schemeIgnored } from './schemeIgnored.ts';
import { fragmentAllowed } from './fragmentAllowed.ts';
import { anyPublicHost } from './anyPublicHost.ts';
import { errorsAnywhere } from './errorsAnywhere.ts';
import { codeInErrors } from './codeInErrors.ts';
import { portRequired } from './portRequired.ts';
import { lowPortsRefused } from './lowPortsRefused.ts';
import { redirectGuessed } from './redirectGuessed.ts';
import { lastRedirectUsed } from './lastRedirectUsed.ts';
import { pkceOptional } from './pkceOptional.ts';
import { plainAccepted } from './plainAccepted.ts';
import { unknownMethodAccepted } from './unknownMethodAccepted.ts';
import { malformedChallengeAccepted } from './malformedChallengeAccepted.ts';
import { wrongVerifierAccepted } from './wrongVerifierAccepted.ts';
import { missingVerifierAccepted } from './missingVerifierAccepted.ts';
import { downgradeAccepted } from './downgradeAccepted.ts';
import { challengeReuseUnnoticed } from './challengeReuseUnnoticed.ts';
import { codeReplayAccepted } from './codeReplayAccepted.ts';
import { replayKeepsTokens } from './replayKeepsTokens.ts';
import { tokenIgnoresRedirect } from './tokenIgnoresRedirect.ts';
import { codeForAnyClient } from './codeForAnyClient.ts';
import { stateCutOff } from './stateCutOff.ts';
import { stateMissingOnErrors } from './stateMissingOnErrors.ts';
import { issuerMissing } from './issuerMissing.ts';
import { issuerWrong } from './issuerWrong.ts';
import { implicitEnabled } from './implicitEnabled.ts';
import { framingAllowed } from './framingAllowed.ts';
import { tokensCacheable } from './tokensCacheable.ts';
import { secretNotCompared } from './secretNotCompared.ts';
import { authenticationErrorVague } from './authenticationErrorVague.ts';
import { authenticationOptional } from './authenticationOptional.ts';
import { secretInQueryAccepted } from './secretInQueryAccepted.ts';
import { passwordGrantEnabled } from './passwordGrantEnabled.ts';
import { refreshNotRotated } from './refreshNotRotated.ts';
import { refreshReuseAccepted } from './refreshReuseAccepted.ts';
import { refreshFamilyKept } from './refreshFamilyKept.ts';
import { refreshWidens } from './refreshWidens.ts';
import { refreshForAnyClient } from './refreshForAnyClient.ts';
import { lastParameterRead } from './lastParameterRead.ts';
import { backslashTaken } from './backslashTaken.ts';
import { unknownClientRedirected } from './unknownClientRedirected.ts';
import { codeRace } from './codeRace.ts';
import { codeGuessable } from './codeGuessable.ts';
import { nonceDropped } from './nonceDropped.ts';
import { idTokenUnsigned } from './idTokenUnsigned.ts';
import { idTokenForged } from './idTokenForged.ts';
import { privateKeyPublished } from './privateKeyPublished.ts';
import { tokenTypeMissing } from './tokenTypeMissing.ts';
import { referrerLeaks } from './referrerLeaks.ts';
import { errorPageReflects } from './errorPageReflects.ts';
import { corsAtAuthorization } from './corsAtAuthorization.ts';
import { tokenByGet } from './tokenByGet.ts';
import { tokenParametersTwice } from './tokenParametersTwice.ts';
import { refreshRace } from './refreshRace.ts';
import { revocationIgnored } from './revocationIgnored.ts';
import { revocationKeepsAccess } from './revocationKeepsAccess.ts';
import { revocationForAnyClient } from './revocationForAnyClient.ts';
import { revocationOpen } from './revocationOpen.ts';
import { introspectionOpen } from './introspectionOpen.ts';
import { tokenInQueryAccepted } from './tokenInQueryAccepted.ts';
import { madeUpTokenAccepted } from './madeUpTokenAccepted.ts';
import { anyTokenAccepted } from './anyTokenAccepted.ts';
import { tokensLiveLong } from './tokensLiveLong.ts';
import { codesLiveLong } from './codesLiveLong.ts';
import { oldTlsSpoken } from './oldTlsSpoken.ts';
import { hstsMissing } from './hstsMissing.ts';
import { assertionUnsignedAccepted } from './assertionUnsignedAccepted.ts';
import { assertionKeyIgnored } from './assertionKeyIgnored.ts';
import { assertionForAnybody } from './assertionForAnybody.ts';
import { assertionExpiryIgnored } from './assertionExpiryIgnored.ts';
import { assertionReplayAccepted } from './assertionReplayAccepted.ts';
import { pushedTwice } from './pushedTwice.ts';
import { pushedForAnyClient } from './pushedForAnyClient.ts';
import { pushedLivesOn } from './pushedLivesOn.ts';
import { pushedMerged } from './pushedMerged.ts';
import { boundAsBearer } from './boundAsBearer.ts';
import { proofReplayAccepted } from './proofReplayAccepted.ts';
import { proofForAnyAddress } from './proofForAnyAddress.ts';
import { proofForAnyMethod } from './proofForAnyMethod.ts';
import { proofForAnyToken } from './proofForAnyToken.ts';
import { proofOfAnyKey } from './proofOfAnyKey.ts';
import { userCodesCountUp } from './userCodesCountUp.ts';
import { pollingUnlimited } from './pollingUnlimited.ts';
import { deviceCodeTwice } from './deviceCodeTwice.ts';
import { keyNotWanted } from './keyNotWanted.ts';
import { pushingOpen } from './pushingOpen.ts';
import { pushingOptional } from './pushingOptional.ts';
import { rotationKept } from './rotationKept.ts';
import { bindingOptional } from './bindingOptional.ts';

/** Every fault of the demo server; adding one is one file and one line. */
export const faults: readonly Fault[] = [
  loopbackNamesEqual,
  trailingSlashIgnored,
  pathCaseIgnored,
  pathPrefix,
  queryIgnored,
  dotSegmentsAllowed,
  encodedDotSegmentsAllowed,
  userinfoTakenForHost,
  hostPrefix,
  hostSuffix,
  schemeIgnored,
  fragmentAllowed,
  anyPublicHost,
  errorsAnywhere,
  codeInErrors,
  portRequired,
  lowPortsRefused,
  redirectGuessed,
  lastRedirectUsed,
  pkceOptional,
  plainAccepted,
  unknownMethodAccepted,
  malformedChallengeAccepted,
  wrongVerifierAccepted,
  missingVerifierAccepted,
  downgradeAccepted,
  challengeReuseUnnoticed,
  codeReplayAccepted,
  replayKeepsTokens,
  tokenIgnoresRedirect,
  codeForAnyClient,
  stateCutOff,
  stateMissingOnErrors,
  issuerMissing,
  issuerWrong,
  implicitEnabled,
  framingAllowed,
  tokensCacheable,
  secretNotCompared,
  authenticationErrorVague,
  authenticationOptional,
  secretInQueryAccepted,
  passwordGrantEnabled,
  refreshNotRotated,
  refreshReuseAccepted,
  refreshFamilyKept,
  refreshWidens,
  refreshForAnyClient,
  lastParameterRead,
  backslashTaken,
  unknownClientRedirected,
  codeRace,
  codeGuessable,
  nonceDropped,
  idTokenUnsigned,
  idTokenForged,
  privateKeyPublished,
  tokenTypeMissing,
  referrerLeaks,
  errorPageReflects,
  corsAtAuthorization,
  tokenByGet,
  tokenParametersTwice,
  refreshRace,
  revocationIgnored,
  revocationKeepsAccess,
  revocationForAnyClient,
  revocationOpen,
  introspectionOpen,
  tokenInQueryAccepted,
  madeUpTokenAccepted,
  anyTokenAccepted,
  tokensLiveLong,
  codesLiveLong,
  oldTlsSpoken,
  hstsMissing,
  assertionUnsignedAccepted,
  assertionKeyIgnored,
  assertionForAnybody,
  assertionExpiryIgnored,
  assertionReplayAccepted,
  pushedTwice,
  pushedForAnyClient,
  pushedLivesOn,
  pushedMerged,
  boundAsBearer,
  proofReplayAccepted,
  proofForAnyAddress,
  proofForAnyMethod,
  proofForAnyToken,
  proofOfAnyKey,
  userCodesCountUp,
  pollingUnlimited,
  deviceCodeTwice,
  keyNotWanted,
  pushingOptional,
  pushingOpen,
  rotationKept,
  bindingOptional,
];
