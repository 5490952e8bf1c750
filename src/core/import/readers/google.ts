import { Gathered } from '../gathered.ts';
import { textOf, type Found, type Json } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** Google's `client_secret.json` of a web application or an installed one. @see https://developers.google.com/identity/protocols/oauth2/native-app */
export const googleClient: Reader = {
  name: 'Google client',
  recognises: (source) => clientsIn(rootOf(source)).length > 0,
  read: (source) => clientsIn(rootOf(source)).map(fromClient),
};

/** The key of a Google service account. @see https://developers.google.com/identity/protocols/oauth2/service-account */
export const googleServiceAccount: Reader = {
  name: 'Google service account',
  recognises: (source) => rootOf(source)['type'] === 'service_account' && 'client_email' in rootOf(source),
  read: (source) => [fromServiceAccount(rootOf(source))],
};

/** Firebase's `google-services.json`: clients of an application for Android, without a secret. */
export const googleServices: Reader = {
  name: 'google-services.json',
  recognises: (source) => 'project_info' in rootOf(source) && 'client' in rootOf(source),
  read: () => [
    'google-services.json holds clients of an Android app, which cannot sign in from here. Create a client of the type “Desktop app” in Google’s console, and import its client_secret.json.',
  ],
};

/** @see https://cloud.google.com/docs/authentication/application-default-credentials: a signed-in user, with the client of it */
function ofUser(root: Json): Json | undefined {
  // Or as Google's library for Python keeps it, in token.json.
  const isPythons =
    'refresh_token' in root && /^https:\/\/[a-z\d]+\.googleapis\.com\//.test(textOf(root['token_uri']) ?? '');
  return (root['type'] === 'authorized_user' || isPythons) && 'client_id' in root
    ? {
        ...root,
        auth_uri: 'https://accounts.google.com/o/oauth2/v2/auth',
        token_uri: 'https://oauth2.googleapis.com/token',
      }
    : undefined;
}

function clientsIn(root: Json): readonly (readonly [string, Json])[] {
  const user = ofUser(root);
  if (user !== undefined) return [['user', user]];
  return ['web', 'installed'].flatMap((kind) => {
    const client = objectOf(root[kind]);
    return 'client_id' in client && ('token_uri' in client || 'auth_uri' in client)
      ? [[kind, client] as const]
      : [];
  });
}

function fromClient([kind, client]: readonly [string, Json]): Found {
  const gathered = new Gathered();
  gathered.putAll(client);
  gathered.put('grant', 'authorization_code');
  // What runs on a user's device may have no secret. @see RFC 8252 section 8.4
  const hasSecret = textOf(client['client_secret']) !== undefined;
  gathered.put('clientAuthentication', hasSecret ? 'client_secret_post' : 'none');
  if (kind === 'user') gathered.notes.push('The refresh token was left out: sign in once here.');
  const name = textOf(client['project_id']) ?? 'Google';
  // A web client takes exactly the registered addresses, an installed one any port of this machine.
  return gathered.finish(name, { registered: kind === 'web' });
}

function fromServiceAccount(root: Json): Found {
  const gathered = new Gathered();
  gathered.put('grant', 'urn:ietf:params:oauth:grant-type:jwt-bearer');
  gathered.put('tokenEndpoint', root['token_uri']);
  gathered.put('clientId', root['client_email']);
  gathered.notes.push(
    'The private key was left out: keys are not imported. Give this file when the key is asked for.',
  );
  return gathered.finish(textOf(root['client_email'])?.replace(/@.*/, '') ?? 'Google service account');
}
