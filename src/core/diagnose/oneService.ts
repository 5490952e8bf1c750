import type { CodeRoute } from '../oauth/requireOneServer.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * Services that the catalogue has no file for, whose users sign in at one host and whose codes are redeemed at another, as their own
 * documentation or metadata says. Whole hosts, each of which is that service’s alone: under none of them can anybody else answer.
 */
const services = [
  'www.facebook.com graph.facebook.com',
  'www.instagram.com api.instagram.com',
  'threads.net www.threads.net graph.threads.net',
  'access.line.me api.line.me',
  'www.figma.com api.figma.com',
  'auth.ebay.com api.ebay.com',
  'auth.sandbox.ebay.com api.sandbox.ebay.com',
  'www.amazon.com api.amazon.com',
  'eu.account.amazon.com api.amazon.com api.amazon.co.uk',
  'apac.account.amazon.com api.amazon.com api.amazon.co.jp',
  'www.tiktok.com open.tiktokapis.com',
  'www.pinterest.com api.pinterest.com',
  'mcp.atlassian.com cf.mcp.atlassian.com',
  'open.weixin.qq.com api.weixin.qq.com',
  'www.fitbit.com api.fitbit.com',
  'account.withings.com wbsapi.withings.net',
  'cloud.ouraring.com api.ouraring.com',
  'flow.polar.com polarremote.com',
  'webflow.com api.webflow.com',
  'app.clickup.com api.clickup.com',
  'app.intercom.com api.intercom.io',
  'miro.com api.miro.com',
  'www.tumblr.com api.tumblr.com',
  'vercel.com api.vercel.com',
  'app.netlify.com api.netlify.com',
  'app.smartsheet.com api.smartsheet.com',
].map((hosts) => hosts.split(' ').map((host) => `https://${host}`));

/** Whether both origins of a route are one service’s, or one provider of the catalogue has exactly both endpoints. */
export function knowsOneService(catalogue: Catalogue, { from, to, endpoints }: CodeRoute): boolean {
  const all = [...services, ...catalogue.flatMap(({ oneService }) => (oneService ? [oneService] : []))];
  if (all.some((origins) => origins.includes(from) && origins.includes(to))) return true;
  if (endpoints?.authorizationEndpoint === undefined || endpoints.tokenEndpoint === undefined) return false;
  return catalogue.some(
    ({ endpoints: { authorizationEndpoint, tokenEndpoint } }) =>
      endpoints.authorizationEndpoint === authorizationEndpoint && endpoints.tokenEndpoint === tokenEndpoint,
  );
}
