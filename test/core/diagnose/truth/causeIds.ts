import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../play.ts';

const folder = join(import.meta.dirname, '../../../../src/core/diagnose');
const sources = ['rules', 'topics']
  .flatMap((part) => readdirSync(join(folder, part)).map((name) => join(folder, part, name)))
  .map((file) => readFileSync(file, 'utf8'));

/** Ids that are put together of a part, and what stands for the part. */
const made: Readonly<Record<string, readonly string[]>> = {
  'redirect-${code}': [
    'code_missing',
    'iss_missing',
    'iss_twice',
    'iss_wrong',
    'fragment',
    'response_jwt',
  ].concat('response_unsigned'),
  "redirect-not-tied-${unmatched.why.replaceAll('_', '-')}": [
    ...['no-state', 'other-state', 'several-states', 'other-path', 'post', 'fragment', 'too-large', 'empty'],
  ],
  'error-code-': ['invalid_client', 'invalid_client_metadata', 'invalid_request_object-2'],
};
/** What `onThisMachine` names after its failure's kind. */
const local = [
  ...['port-busy', 'vault', 'insecure-url', 'browser-not-opened', 'invalid-profile', 'response-too-large'],
];
/** What `otherProofWanted` is given is wanted, or was sent in vain. */
const proofs = ['client-certificate', 'client-assertion', 'dpop-proof', 'pushed-request', 'signed-request'];

const written = sources.flatMap((text) => [
  ...[...text.matchAll(/\bid: (?:[^'`,{}]{1,60}\? )?'([a-z-]+)'(?:\s*: '([a-z-]+)')?/g)].flatMap(
    ([, one = '', other = '']) => [one, other],
  ),
  ...[...text.matchAll(/\bcause\(\s*'([a-z-]+)'/g)].map(([, id = '']) => id),
]);
const templates = sources.flatMap((text) => [...text.matchAll(/\bid: `([^`]*)`/g)].map(([, id = '']) => id));
for (const template of templates)
  if (!Object.keys(made).some((known) => template.startsWith(known)))
    throw new Error(`Nothing says which ids ${template} makes.`);

/** The id of every cause that the rules can name, read from where they stand. */
export const causeIds: readonly string[] = [
  ...new Set([
    ...written.filter((id) => id !== '' && !proofs.includes(id)),
    ...Object.entries(made).flatMap(([template, parts]) =>
      parts.map((part) => template.replace(/\$\{.*\}|$/, part)),
    ),
    ...local,
    ...proofs.flatMap((id) =>
      id === 'client-assertion' ? [`${id}-wanted`] : [`${id}-wanted`, `${id}-refused`],
    ),
    ...catalogue.flatMap(({ id, errors }) => errors.map((rule) => `${id}/${rule.id}`)),
  ]),
];
