import { inBrowser } from '../asked.ts';
import { address } from '../usualFixes.ts';
import { asked, sentSecret, type Topic } from './topic.ts';
import { gone, keyOfApi, near, off } from './words.ts';

const place = String.raw`realm|tenant|organi[sz]ation|identity zone|environment|user ?pool|authori[sz]ation ?server|(?<!for )instance`;

/** What is said at an address that is not that of the endpoint. */
export const addressTopics: readonly Topic[] = [
  {
    id: 'key-of-gateway-wanted',
    words: new RegExp(`${keyOfApi.source}|\\bsecurity checks that are required\\b`, 'i'),
    // An OAuth client may be called an API key.
    not: /secret/i,
    when: ({ error }) => error !== 'invalid_client',
    weight: 86,
    title:
      'What answers wants a key of its own (API key or subscription key) beside the client’s credentials.',
    steps: [
      'Compare the address with the server’s documentation: a gateway stands before it, or it is that of an API.',
    ],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'answers-as-an-api',
    words:
      /\bapi invocation\b|\bapi ?product\b|\biap credentials\b|^authorization field missing$|\bview this directory or page[.]?$|(?:missing|no|requires?|without) (?:an? |the |valid )*bearer\b|\bbearer (?:access )?tokens? (?:is |was )?(?:missing|required|not (?:found|provided|present|set))/i,
    weight: 88,
    title: 'What answers wants an access token, as an API does: this is not a token endpoint.',
    steps: ['Compare the address with the server’s documentation.'],
    fixes: address,
    evidence: asked,
    fits: sentSecret,
  },
  {
    id: 'provision-key-wanted',
    words: /provision[ _]?key/i,
    weight: 88,
    title:
      'Kong wants the provision key of its plugin, which only the application with the sign-in page has.',
    steps: [
      'Ask at the address of that application: it adds the key and hands the request on.',
      'For a grant without a page, set provision_key as an extra token parameter.',
    ],
    fixes: address,
  },
  {
    id: 'https-wanted',
    words: near(
      'https|plain http|tls|ssl',
      'https port|required|requires?|only|must|utilize|needed|please use',
      30,
    ),
    // What is sent may have to be such an address, and a client may have to prove itself by TLS.
    not: /certificate|mutual|redirect|callback|client (?:auth|id)|request ur[il]|resource|audience/i,
    weight: 85,
    title: 'The server’s words say that the request did not come by https.',
    steps: [
      'Use an https address; where it is one, have the proxy before the server tell it (X-Forwarded-Proto).',
    ],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'realm-not-known',
    words: near(place, `${gone}|does not map`, 80),
    // Who is not known there.
    not: new RegExp(
      String.raw`\b(?:client|user|account|app(?:lication)?)\b.{0,120}\b(?:in|for) (?:\w+ )?(?:${place})\b`,
      'i',
    ),
    weight: 84,
    title: 'The server’s words say that it does not know the realm or tenant of this address.',
    steps: [
      'Compare the address with the server’s documentation: the name of the realm or tenant is part of it, and its case counts.',
    ],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'realm-switched-off',
    words: near(place, off, 30),
    not: /client|user|account|grant|flow|scope/i,
    weight: 84,
    title: 'The server’s words say that the realm or tenant of this address is switched off.',
    steps: ['Have it switched on at the server, or use the address of another one.'],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'post-not-taken',
    words:
      /\bhttp method\b.{0,40}\bnot\b|\bnot\b.{0,40}\bhttp method\b|missing authentication token|requires '(?:credential|signature)' parameter/i,
    weight: 76,
    title: 'This is not the endpoint’s address: what is there takes no such request.',
    steps: ['Compare the address with the server’s documentation.'],
    fixes: address,
    evidence: asked,
  },
  {
    id: 'taken-for-a-page',
    words: /\b[cx]srf\b|cross[- ]site request/i,
    weight: 84,
    title: 'The server took the request for one of a web page.',
    steps: ['Check the address: something there checks for a page’s own token (CSRF), which no client has.'],
    fixes: address,
    evidence: asked,
    // In a browser it is one of a web page.
    fits: (facts) => !inBrowser(facts),
  },
];
