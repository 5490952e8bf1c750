import { bodyNotTaken, dialectNeeded, noAccessToken } from './rules/answer.ts';
import {
  dpopWanted,
  forbiddenBefore,
  insufficientScope,
  requestRefused,
  resourceMetadata,
  stepUp,
  tokenEnded,
} from './rules/api.ts';
import { apiSpeaks } from './rules/apiWords.ts';
import { apiInItsPlace } from './rules/apiInItsPlace.ts';
import { assertionRefused } from './rules/assertion.ts';
import { targetUnknown, wrongAudience } from './rules/audience.ts';
import { firewallNamed, proxyFailed, serverInTrouble } from './rules/between.ts';
import {
  clientUnknown,
  confidentialWithoutSecret,
  methodNotSupported,
  idInHeaderOnly,
  publicWithSecret,
  reservedInBasic,
} from './rules/clientAuthentication.ts';
import { codeRefused, codeTooOld, codeUsedTwice, pkceMismatch } from './rules/code.ts';
import { network, tls } from './rules/connection.ts';
import { grantNotAllowed, grantNotSupported } from './rules/grant.ts';
import { idTokenUnfit } from './rules/idToken.ts';
import { onThisMachine } from './rules/local.ts';
import { otherProofWanted } from './rules/otherProof.ts';
import { redirectedElsewhere } from './rules/redirected.ts';
import { redirectUriChanged, redirectUriDiffers } from './rules/redirectUri.ts';
import { forbiddenAlone, requestTooLarge } from './rules/refusedBefore.ts';
import { noRefreshToken, refreshTokenRotated } from './rules/refresh.ts';
import {
  openidLeftOut,
  scopeNotGranted,
  scopeNotSupported,
  scopeRefusedAnyhow,
  scopesWithCommas,
} from './rules/scopes.ts';
import {
  secretBeyondAscii,
  secretLooksWrong,
  secretMissing,
  secretUnusable,
  secretWithBlanks,
} from './rules/secret.ts';
import { clockOff, hostsDiffer, issuerDiffers, nothingPublished, pageForMetadata } from './rules/server.ts';
import { accessDenied, promptNone, promptNotAlone, redirectUnusable } from './rules/user.ts';
import { signOutRefused } from './rules/signOut.ts';
import { redirectNotTied } from './rules/unmatched.ts';
import { parameterAsHttps, parameterMissing, parameterNamed } from './rules/parameters.ts';
import { pkceWanted } from './rules/pkce.ts';
import { methodSpokenOf, wordsSpeak } from './rules/words.ts';
import { wrongAddress } from './rules/wrongAddress.ts';
import type { Rule } from './rule.ts';

/** Rules that go by what the server says in its own words. */
export const wordRules: readonly Rule[] = [
  wordsSpeak,
  ...[parameterMissing, parameterNamed, parameterAsHttps, pkceWanted],
  methodSpokenOf,
  grantNotAllowed,
  apiSpeaks,
];

/** Every rule that looks at evidence; their order does not matter. */
export const evidenceRules: readonly Rule[] = [
  ...[openidLeftOut, scopeNotSupported, scopeNotGranted, scopesWithCommas, scopeRefusedAnyhow],
  ...[methodNotSupported, publicWithSecret, confidentialWithoutSecret, reservedInBasic, clientUnknown],
  idInHeaderOnly,
  assertionRefused,
  otherProofWanted,
  ...[secretWithBlanks, secretBeyondAscii, secretLooksWrong, secretMissing, secretUnusable],
  grantNotSupported,
  ...[redirectUriDiffers, redirectUriChanged],
  ...[pkceMismatch, codeTooOld, codeUsedTwice, codeRefused],
  ...[refreshTokenRotated, noRefreshToken],
  ...[clockOff, hostsDiffer, issuerDiffers, nothingPublished, pageForMetadata],
  ...[tls, network],
  ...[
    dialectNeeded,
    bodyNotTaken,
    noAccessToken,
    wrongAddress,
    apiInItsPlace,
    forbiddenAlone,
    requestTooLarge,
    redirectedElsewhere,
    proxyFailed,
    firewallNamed,
    serverInTrouble,
  ],
  ...[
    accessDenied,
    promptNone,
    promptNotAlone,
    targetUnknown,
    redirectUnusable,
    redirectNotTied,
    signOutRefused,
  ],
  ...[onThisMachine, idTokenUnfit],
  ...[
    forbiddenBefore,
    requestRefused,
    insufficientScope,
    wrongAudience,
    tokenEnded,
    dpopWanted,
    stepUp,
    resourceMetadata,
  ],
];
