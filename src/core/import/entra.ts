import type { PartName } from './fields.ts';

type Parts = Readonly<Partial<Record<PartName, string>>>;

/** Entra's public cloud. */
export const publicCloud = 'https://login.microsoftonline.com';

/** A directory that has an issuer of its own. */
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Server = Pick<Parts, 'issuer' | 'tokenEndpoint' | 'authorizationEndpoint'>;

/** The server of a directory. Names such as `common` stand for no issuer: their endpoints are written out. */
export function entraServer(instance: string, tenant: string): Server {
  const base = instance.replace(/\/{1,9}$/, '');
  if (guid.test(tenant)) return { issuer: `${base}/${tenant}/v2.0` };
  return {
    tokenEndpoint: `${base}/${tenant}/oauth2/v2.0/token`,
    authorizationEndpoint: `${base}/${tenant}/oauth2/v2.0/authorize`,
  };
}

/** An authority as MSAL takes it: the issuer's tokens of version 2 name is another. */
const authority =
  /^(https:\/\/login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn))\/([\w.-]{1,100})\/?$/;

/** An authority of a user flow, as MSAL takes it. @see https://learn.microsoft.com/azure/active-directory-b2c/b2clogin */
const flow =
  /^(https:\/\/[\w-]{1,60}\.b2clogin\.com)\/(?:tfp\/)?([\w.-]{1,100}\/(?!v2\.0)[\w.-]{1,100})(?:\/v2\.0)?\/?$/i;

/** The server that parts name as Entra's libraries do, by authority or by directory; `undefined` when they name it otherwise. */
export function serverInEntra({ issuer = '', tokenEndpoint, tenant }: Parts): Server | undefined {
  const [, instance, directory] = authority.exec(issuer.trim()) ?? flow.exec(issuer.trim()) ?? [];
  if (instance !== undefined && directory !== undefined) return entraServer(instance, directory);
  if (issuer !== '' || tokenEndpoint !== undefined || tenant === undefined) return undefined;
  return entraServer(publicCloud, tenant);
}
