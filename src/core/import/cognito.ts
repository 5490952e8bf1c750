import type { PartName } from './fields.ts';

type Server = Partial<Record<'issuer' | 'tokenEndpoint' | 'authorizationEndpoint', string>>;

/** A user pool, whose name begins with its region, or the domain of its sign-in page. */
const pool = /^([a-z]{2}(?:-[a-z]{1,12}){1,3}-\d)_[A-Za-z\d]{1,55}$/;
const domain = /^(?:https:\/\/)?([\w.-]{1,200}\.amazoncognito\.com)\/?$/;

/**
 * The server that parts name as Cognito's libraries do; `undefined` when they name it otherwise.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
 */
export function serverInCognito({
  issuer = '',
}: Readonly<Partial<Record<PartName, string>>>): Server | undefined {
  const [id, region] = pool.exec(issuer.trim()) ?? [];
  if (id !== undefined) return { issuer: `https://cognito-idp.${region}.amazonaws.com/${id}` };
  const [, host] = domain.exec(issuer.trim()) ?? [];
  if (host === undefined) return undefined;
  return {
    tokenEndpoint: `https://${host}/oauth2/token`,
    authorizationEndpoint: `https://${host}/oauth2/authorize`,
  };
}
