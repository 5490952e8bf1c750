import { markdownOf } from '../../../src/core/import/htmlPage.ts';
import { placesOfLabels } from '../../../src/core/import/readVariables.ts';
import { withoutUsers } from '../../../src/core/http/urlHost.ts';
import { credentialParts } from '../../../src/core/http/credentialParts.ts';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { errorMeaning } from '../../../src/core/diagnose/meanings.ts';
import { secretFacts } from '../../../src/core/diagnose/secretFacts.ts';
import { namesSeveral } from '../../../src/core/diagnose/severalReasons.ts';
import { callerOf } from '../../../src/core/access/caller.ts';
import { hostVerdict } from '../../../src/core/api/hostVerdict.ts';
import { readDerKey } from '../../../src/core/authentication/derKey.ts';
import { readMac } from '../../../src/core/authentication/pfxMac.ts';
import { readPrivateKey } from '../../../src/core/authentication/privateKey.ts';
import { isOfItself, membersSaid, says } from '../../../src/core/checks/heard.ts';
import { isSelfContained } from '../../../src/core/checks/tokenUse.ts';
import { badSignature, unsigned } from '../../../src/core/checks/resource/madeTokens.ts';
import { isServerKey } from '../../../src/core/contract/contract.ts';
import { parseContract } from '../../../src/core/contract/parseContract.ts';
import { parameterMeaning } from '../../../src/core/flowView/parameters.ts';
import { isVolatile, withoutIds } from '../../../src/core/flowView/volatile.ts';
import { decodeAs } from '../../../src/core/http/decodeAs.ts';
import { withoutQuery } from '../../../src/core/http/ends.ts';
import { withoutHidden } from '../../../src/core/http/hiddenSecrets.ts';
import { networkFailure } from '../../../src/core/http/networkFailure.ts';
import { secretReplacer } from '../../../src/core/http/replaceSecrets.ts';
import { secureUrl } from '../../../src/core/http/secureUrl.ts';
import { certificateFacts, splitIdentity } from '../../../src/core/http/tlsIdentity.ts';
import { readAuthCall, readAuthHeader } from '../../../src/core/httpFile/authReference.ts';
import { authorizationsOf } from '../../../src/core/httpFile/authorization.ts';
import { recogniseDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { setDotenv } from '../../../src/core/httpFile/environment.ts';
import { dotenvEnvironment } from '../../../src/core/httpFile/environmentVariables.ts';
import { insertBearer, isUsableToken } from '../../../src/core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../../src/core/httpFile/place.ts';
import { systemVariable } from '../../../src/core/httpFile/systemVariables.ts';
import { definitionsOf, tokenVariable } from '../../../src/core/httpFile/variable.ts';
import { readAuthentication } from '../../../src/core/import/authenticationName.ts';
import { readGrant } from '../../../src/core/import/grantName.ts';
import { codeObjects } from '../../../src/core/import/codeObjects.ts';
import { placeholderIn, resolve } from '../../../src/core/import/placeholder.ts';
import { bodyRequest } from '../../../src/core/import/curlRequest.ts';
import { decodeText } from '../../../src/core/import/decodeText.ts';
import { readPlainText } from '../../../src/core/import/exportText.ts';
import { readPowershell } from '../../../src/core/import/powershellRequest.ts';
import { readProperties } from '../../../src/core/import/readProperties.ts';
import { readPlaced, readVariables } from '../../../src/core/import/readVariables.ts';
import { secretRanges } from '../../../src/core/import/secretRanges.ts';
import { markdownCode, markdownText } from '../../../src/core/markdownText.ts';
import { compareResource } from '../../../src/core/mcp/compareResource.ts';
import { configuredServers } from '../../../src/core/mcp/configFiles.ts';
import { texts } from '../../../src/core/mcp/resourceMetadata.ts';
import { mcpUrlProblem } from '../../../src/core/mcp/serverUrl.ts';
import { deviceAnswer } from '../../../src/core/oauth/deviceAnswer.ts';
import { secondsOf, textOf } from '../../../src/core/oauth/endpointAnswer.ts';
import { commandWords, foreignAssertion } from '../../../src/core/oauth/foreignAssertion.ts';
import { comparison, shown } from '../../../src/core/oauth/idTokenProblem.ts';
import { isJwt } from '../../../src/core/oauth/isJwt.ts';
import { leadsHome } from '../../../src/core/oauth/leadsHome.ts';
import { judgeAddress, pastedAddress } from '../../../src/core/oauth/loopback/judge.ts';
import { ignoredPage, signedOutPage, successPage } from '../../../src/core/oauth/loopback/pageTexts.ts';
import { areAtOnePlace } from '../../../src/core/oauth/metadataPlaces.ts';
import { requireSameUser } from '../../../src/core/oauth/sameUser.ts';
import { readSaml, samlParameter } from '../../../src/core/oauth/samlAssertion.ts';
import type { FoundDocument } from '../../../src/core/mcp/document.ts';
import { documentFindings, documentUrlProblem } from '../../../src/core/mcp/clientDocument.ts';
import { splitResources, splitScopes as listedScopes } from '../../../src/core/profile/fields/access.ts';
import { EntriesError, removeEntry, saveEntries } from '../../../src/core/profile/editEntries.ts';
import { parseEnvironments } from '../../../src/core/profile/environments.ts';
import { editText, hasComments, isWhole } from '../../../src/core/profile/editText.ts';
import { locateEntry } from '../../../src/core/profile/locateEntry.ts';
import { nearestField } from '../../../src/core/profile/names.ts';
import { kindOf } from '../../../src/core/profile/problem.ts';
import { freeId, slug } from '../../../src/core/profile/slug.ts';
import { isSecureLoopback, redirectWay } from '../../../src/core/profile/urls.ts';
import { writtenUrl } from '../../../src/core/profile/writtenUrl.ts';
import { addressFix } from '../../../src/core/profileForm/addressFix.ts';
import { readIntent } from '../../../src/shared/intents.ts';
import { tokenIntents } from '../../../src/shared/views/tokenView.ts';
import { parseIntent } from '../../../src/core/profileForm/parseIntent.ts';
import { productLists } from '../../../src/core/productLists.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { toFailure } from '../../../src/core/record/toFailure.ts';
import { parseArrangement } from '../../../src/core/session/arrangeProfiles.ts';
import { withoutIcons } from '../../../src/core/session/statusLine.ts';
import { claimPath } from '../../../src/core/token/copyAs.ts';
import { quoted } from '../../../src/core/token/finding.ts';
import { isOlderIssuer } from '../../../src/core/token/microsoftGraph.ts';
import { splitAt } from '../../../src/core/token/scopeClaims.ts';
import { splitScopes } from '../../../src/core/token/scopes.ts';
import { bounded, jsonLines } from '../../../src/core/tools/jsonLines.ts';
import { parseAccounts } from '../../../src/core/vault/accountIndex.ts';
import { cut, parseHead } from '../../../src/core/vault/splitParts.ts';
import { member } from '../../../src/shared/json.ts';
import { visiblePieces } from '../../../src/shared/visibleText.ts';
import { providersDirectory } from '../diagnose/support.ts';
import { machineProfile } from '../../support/profiles.ts';

/** What reads a text, or refuses it with a failure that has a sentence. */
export const orRefused = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure;
    if (thrown instanceof EntriesError) return thrown.message;
    throw thrown;
  }
};

const catalogue = await loadCatalogue(providersDirectory);
const profile = machineProfile();
const tokens = {
  access_token: 'a',
  token_type: 'Bearer',
  scopes: [],
  extra: {},
  received_at: 0,
  requested_scopes: [],
};
const origin = { host: 'as.example.com', step: 'token', requestedScopes: [] } as const;
const answer = { status: 400, headers: new Headers({ 'content-type': 'application/json' }) };
const webviews = [
  ...[parseIntent, parseArrangement, callerOf],
  (message: unknown) => readIntent(tokenIntents, message),
];

/** A Client ID Metadata Document in which everything is the text. */
function documentOf(text: string): FoundDocument {
  const members = { client_id: text, redirect_uris: [text], token_endpoint_auth_method: text };
  return { outcome: 'found', members, contentType: text };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {
      type: text,
      kind: text,
      profile: text,
      fix: { kind: text },
      field: text,
      value: text,
      [text]: text,
    };
  }
}

function insertInto(text: string): unknown {
  const file = parseHttpFile(text);
  const [block] = file.blocks;
  const [request] = block?.requests ?? [];
  const bearer = { way: 'fileVariable', token: 'T', name: 'p_token' } as const;
  return [
    recogniseDialect(text),
    definitionsOf(text, 'a'),
    block && request && [authorizationsOf(text, block, request), bearerPlace(text, block, request)],
    block && insertBearer(text, file, request?.start ?? 0, bearer, { which: 0, replace: true }),
  ];
}

/** More of what reads a text others wrote: of files, of forms, of the keychain, of our own pages. */
export const moreReaders: Readonly<Record<string, (text: string) => unknown>> = {
  'what is quoted in a body is redacted': (text) => {
    const heads = [
      'id,token\n',
      '| a b c d | token |\n',
      '| token | ',
      'eyJhbGciOiJkaXIifQ.a.b~',
      '<td>token<td>',
      'curl -u me:',
      '5\r\nhello\r\n',
      'a: Cookie: ',
      'Authorization: Digest ',
    ];
    for (const head of heads)
      redactBody(head + text, true, (secret) => {
        credentialParts(secret);
      });
  },
  'a contract is read': (text) => [parseContract(text), isServerKey(text)],
  'environments in settings are read': (text) => [
    parseEnvironments(valueOf(text), { scope: 'user' }),
    parseEnvironments({ [text]: { [text]: text }, a: text, b: { c: [text] } }, { scope: 'user' }),
  ],
  'a settings text is changed': (text) => [
    hasComments(text),
    orRefused((json) => isWhole(json) && editText(json, (value) => removeEntry(value, 'x')))(text),
    editText('[{"id":"x"}] // kept', (value) => [value, text]),
    locateEntry(text, 1, ['id']),
    orRefused((json) => saveEntries(valueOf(json), [{ profile }]))(text),
  ],
  'a page of HTML and its labels are read': (text) => [
    markdownOf(`<p>${text}`),
    placesOfLabels(text),
    withoutUsers(text),
  ],
  'a key or a certificate is read': (text) => [
    readPrivateKey(text),
    readDerKey(Buffer.from(text), text),
    readMac(Buffer.from(text)),
    readPrivateKey(`-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`),
    splitIdentity(`-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n${text}`),
    certificateFacts(text),
  ],
  'an assertion is read': (text) => [
    readSaml(text),
    readSaml(`<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${text}</saml:Assertion>`),
    orRefused((xml) => samlParameter(xml, 0))(text),
    orRefused((jwt) => foreignAssertion(jwt, 'the file', 0))(text),
    orRefused(commandWords)(text),
    [isJwt(text), isSelfContained(text), badSignature(text), unsigned(text)],
    [isOfItself(text), membersSaid(text), says({ status: 200, headers: new Headers(), body: text })],
    orRefused((token) => requireSameUser(token, `${token}.`))(text),
  ],
  'the answer of a device endpoint is read': orRefused((text) => deviceAnswer(text, answer, origin)),
  'a configuration of MCP clients is read': (text) => [
    configuredServers(text),
    configuredServers(`{"servers":{"a":${text}}}`),
    mcpUrlProblem(text),
    compareResource(text, new URL('https://mcp.example.com/mcp')),
    texts(valueOf(text)),
  ],
  'a message of a view is read': (text) => {
    const value = valueOf(text);
    return webviews.map((parse) => [parse(text), parse(value)]);
  },
  'a bearer goes into a file': insertInto,
  'a variable goes into a .env file': (text) => [
    setDotenv(text, 'A', 'T'),
    dotenvEnvironment(text),
    [isUsableToken(text), tokenVariable(text), readAuthCall(text), readAuthHeader(text)],
    systemVariable(text, { dotenv: () => undefined, processEnv: () => undefined, clock: { now: () => 0 } }),
  ],
  'a command is read': (text) => [
    orRefused(readPowershell)(`Invoke-RestMethod -Method Post ${text}`),
    [
      readAuthentication(text),
      readGrant(text, true),
      placeholderIn(text),
      resolve(text, new Map([['a', text]])),
    ],
    bodyRequest('https://a.example', text, [text]),
    readPlainText(text),
    readProperties(text),
    readVariables(text),
    readPlaced(text),
    codeObjects(text, 'a.go'),
    codeObjects(text, 'a.rb'),
    decodeText(Buffer.from(text, 'utf16le')),
    decodeText(Buffer.from(text, 'utf8')),
    decodeAs('windows-1252', Buffer.from(text)),
    secretRanges(text, [{ secret: text.slice(0, 9) || 'x' }, { secret: text.slice(4, 20) || 'y' }]),
  ],
  'what a form holds is looked at': (text) => [
    [
      addressFix('issuer', text),
      addressFix('tokenEndpoint', text),
      URL.canParse(text) && writtenUrl(text),
      redirectWay(text),
    ],
    [slug(text), freeId(text.slice(0, 40), [text]), nearestField(text, productLists.fields), kindOf(text)],
    [listedScopes(text), splitResources(text)],
    [documentUrlProblem(text), documentFindings(text, documentOf(text)), isSecureLoopback(text)],
    [secretFacts(text, text), splitScopes(text), splitAt(text, [' ', ',']), leadsHome(text, text)],
    [areAtOnePlace(text, text), isOlderIssuer(text, text), orRefused((url) => secureUrl(url, 'token'))(text)],
    URL.canParse(text) && hostVerdict(text, profile, tokens),
  ],
  'a failure is explained': (text) => [
    explainAnswer(text, { now: 0 }, profile, catalogue),
    toFailure(new Error(text), { step: 'token', cancelled: false }),
    networkFailure(Object.assign(new TypeError(text), { cause: { code: text, message: text } }), {
      ...{ url: new URL('https://as.example.com/token'), step: 'token', timeout: 1, timedOut: false },
      cancelled: false,
    }),
    [errorMeaning(text, 'token'), namesSeveral(text), parameterMeaning(text), isVolatile(text)],
    [withoutIds(text), withoutQuery(text), comparison(text, text, 5), shown(text), shown(valueOf(text))],
  ],
  'a text is put into another': (text) => [
    [markdownText(text), markdownCode(text), quoted(text), claimPath(text), withoutIcons(text)],
    [jsonLines(valueOf(text)), bounded(valueOf(text)), visiblePieces(text)],
    [successPage(text), signedOutPage(text), ignoredPage(text, text)],
    [textOf(text), secondsOf(text, 5), member(valueOf(text), text)],
  ],
  'what a model may read is looked at': (text) =>
    // As chat tools have it: what finds the secrets is made once.
    withoutHidden(text, secretReplacer(['s3cret-of-a-client'])),
  'an address is pasted': (text) => [
    pastedAddress(text),
    judgeAddress(text, 'https://app.example.com/cb', 'af0ifjsldkj'),
    judgeAddress(`https://app.example.com/cb?${text}`, 'https://app.example.com/cb', 'af0ifjsldkj'),
  ],
  'an entry of the keychain is read': (text) => [parseAccounts(text), parseHead(text), cut(text, 2500)],
};
