/** The hosts of Microsoft Entra ID in each of Microsoft's clouds, those of its older issuers and of closed clouds included. */
const hosts = new Set([
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login-us.microsoftonline.com',
  'login.microsoftonline.de',
  'sts.microsoftonline.de',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'sts.chinacloudapi.cn',
]);

/**
 * Whether a host, as `URL` writes it, is Entra ID's own.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export function isEntraHost(host: string): boolean {
  return hosts.has(host);
}
