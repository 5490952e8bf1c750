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
];
