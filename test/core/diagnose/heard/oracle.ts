import { createHash } from 'node:crypto';
import type { Cause } from '../../../../src/core/diagnose/explanation.ts';
import type { Trace } from '../truth/trace.ts';

/*
 * Says by the trace alone, and by plain reading of the sentences, what an explanation may not claim: that is missing what was sent,
 * sent what was not, wrong what worked in this session, received what was not. It knows no rule and no cause’s id.
 */

/** What the request that failed was sent with, by the names of parameters; that of the browser where it failed there. */
class Sent {
  readonly #trace: Trace;
  readonly inBrowser: boolean;
  constructor(trace: Trace) {
    this.#trace = trace;
    const { step } = trace.explanation.failure;
    this.inBrowser =
      ['authorization', 'redirect', 'browser'].includes(step) && !trace.at('device', 'par', 'backchannel');
  }
  has(name: string): boolean {
    const { form, asked, basic, bearer } = this.#trace;
    if (this.inBrowser) return asked.has(name);
    const [id = '', secret = ''] = this.#pair;
    if (name === 'client_id' && id !== '') return true;
    if (name === 'client_secret' && secret !== '') return true;
    if (name === 'authorization') return basic !== undefined || bearer;
    return form.has(name) && form.get(name) !== '';
  }
  get #pair(): readonly string[] {
    const { basic } = this.#trace;
    return basic === undefined ? [] : Buffer.from(basic.slice(6), 'base64').toString().split(':');
  }
  /** The client authentication as it went over the wire. */
  get method(): string {
    const { basic, form } = this.#trace;
    if (basic !== undefined) return 'client_secret_basic';
    if (form.has('client_secret')) return 'client_secret_post';
    return form.has('client_assertion') ? 'assertion' : 'none';
  }
  get proof(): boolean {
    return this.method !== 'none';
  }
  /** Everything that was sent, decoded. */
  get text(): string {
    const { all, basic, report } = this.#trace;
    const texts = all.map(({ request }) => `${request.url} ${request.body ?? ''}`.replaceAll('+', ' '));
    return [
      ...texts.map(decoded),
      Buffer.from((basic ?? '').slice(6), 'base64').toString(),
      report.profile.clientId,
    ].join(' ');
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a statement is true of what was sent and received; `found` are the groups of its words. */
type Truth = (sent: Sent, trace: Trace, found: readonly string[]) => boolean;

/** The client that failed got a token at the same address earlier, in whatever way. */
const worked = ({ gave }: Trace) => gave.length > 0;
/** It did with the very credentials; of an assertion, which is made anew each time, the trace does not tell. */
const secretWorked = ({ gave, basic, form }: Trace) =>
  gave.some(({ request }) => {
    const header = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    const secret = new URLSearchParams(request.body ?? '').get('client_secret');
    return (
      (basic !== undefined && header === basic) || (secret !== null && secret === form.get('client_secret'))
    );
  });
/** What the server itself says may have changed since. */
const serverSays = 'The server’s words';
const isUser = ({ report: { profile } }: Trace) => profile.grant !== 'client_credentials';
const received = (trace: Trace, text: string) =>
  trace.words.replaceAll(/\\?["\\]/g, '').includes(text.replaceAll(/["\\]/g, ''));

/** Statements in titles and evidence, and what makes them true. */
const statements: readonly (readonly [words: RegExp, isTrue: Truth])[] = [
  // Missing and sent.
  [/wants the parameter (\w+)\.$/, (sent, _, [name = '']) => !sent.has(name)],
  [/wants the parameter (\w+) in the form/, (_, { form }, [name = '']) => !form.has(name)],
  [/find the parameter (\w+), which was sent/, (sent, _, [name = '']) => sent.has(name)],
  [/had no client assertion/, (sent) => !sent.has('client_assertion')],
  [/had no client certificate/, (_, { last }) => last?.request.certificate === undefined],
  [
    /sends? no secret|authentication of the profile is none|proof that was not sent/,
    (sent) => sent.method === 'none',
  ],
  [/public clients send no secret|that no secret should come/, (sent) => sent.has('client_secret')],
  [
    /in the Authorization header/,
    (sent, { explanation: { causes } }) =>
      sent.has('authorization') ||
      causes.some(({ title }) => /looks for .* in the Authorization header/.test(title)),
  ],
  [/looks for the client’s credentials in the Authorization header/, (sent) => !sent.has('authorization')],
  [
    /(?:with|take) (client_secret_basic|client_secret_post|none)\b/,
    (sent, _, [method]) => sent.method === method,
  ],
  [/finds no client authentication/, () => true],
  [/Sent: (https?:\S+?)(?:,| |$)/, (sent, _, [value = '']) => sent.text.includes(value)],
  [/The profile asks for “([^”]*)”/, (sent, _, [scope = '']) => sent.text.includes(scope)],
  [/more than one client authentication/, () => true],
  [/takes this request by https only/, (_, { last }) => last?.request.url.startsWith('http:') === true],
  // What it is said of has to be there.
  [
    /^The refresh token|take the refresh token|another client’s/,
    (_, trace) => trace.form.has('refresh_token') || (trace.form.get('grant_type') ?? '').includes('code'),
  ],
  [
    /^The (?:code|authorization code)\b|take the code\b|code exchange|to this code/,
    (sent) => sent.has('code') || sent.has('refresh_token'),
  ],
  [/code verifier/, (_, { form }) => form.has('code_verifier')],
  [
    /fit each other/,
    (_, { form, asked }) =>
      createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url') === asked.get('code_challenge'),
  ],
  [
    /The assertion is|the assertion\.|key that signs the request|The signed request/,
    (sent) => sent.has('client_assertion') || sent.has('request'),
  ],
  [/secret is wrong|its secret ended|take the client’s secret/, (sent) => sent.proof],
  // Who lists all that a client may say of itself names one thing among others.
  [
    /redirect URI(?!, grant)/,
    (_, { form, asked }) =>
      form.has('redirect_uri') || asked.has('redirect_uri') || form.has('redirect_uris'),
  ],
  [/user’s (?:session|account)/, (_, trace) => isUser(trace)],
  [/response type “code”/, (_, { asked }) => asked.has('response_type')],
  [/another audience in the assertion/, (sent) => sent.has('client_assertion')],
  // What worked in this session is not wrong now.
  [
    /client ID (?:or secret )?is wrong|^The server does not know (?:this|the) client/,
    (_, trace) => !worked(trace),
  ],
  [/secret is wrong/, (_, trace) => !secretWorked(trace)],
  [
    /is not registered for the (?:grant|response type)|does not offer the grant|does not take client_secret_\w+/,
    (_, trace) => !worked(trace),
  ],
  [/is not at this address|should be\.$/, (_, trace) => !worked(trace)],
  [/does not know “[^”]*”, or/, (_, trace) => !worked(trace)],
  [/is registered as public|is confidential, and/, (_, trace) => !worked(trace)],
  // What was received.
  [
    /[Tt]he server said (?!no\.)(.+?)(?:[.;]$|;| to the |, and not)/,
    (_, trace, [said = '']) => received(trace, said),
  ],
  [
    /\b[Ss]tatus (\d{3})\b/,
    (_, { all }, [status]) => all.some(({ response }) => String(response?.status) === status),
  ],
  [/earlier in this session/, (_, { gave }) => gave.length > 0],
  [/(?:it gave a code|The code came)/, (_, { redirect }) => redirect?.has('code') === true],
  [
    /answer is a web page|web page answers/,
    (_, { all }) => all.some(({ response }) => /^\s*</.test(response?.body ?? '')),
  ],
];

/** What a step may not tell to do, since it is done: by what was sent. */
const done: readonly (readonly [words: RegExp, isDone: Truth])[] = [
  [/\(client_secret_post\)|secret in the form/, (sent) => sent.method === 'client_secret_post'],
  [/\(client_secret_basic\)/, (sent) => sent.method === 'client_secret_basic'],
  [/authentication to none/, (sent) => sent.method === 'none'],
  [/^(?:Enter|Look at) the (?:client )?secret/, (sent) => !sent.proof],
  [/^Use the https address/, (_, { last }) => last?.request.url.startsWith('https:') === true],
  [/^Compare the client ID/, (_, trace) => worked(trace)],
  [/^Compare the token endpoint/, (_, { gave }) => gave.length > 0],
  [/^Sign in again/, (_, trace) => !isUser(trace)],
  [/^Compare the scopes/, (sent) => !/\bscope=/.test(sent.text)],
];

/** The first sentence that the trace contradicts, and of which cause. */
export function untrue(trace: Trace): string | undefined {
  const sent = new Sent(trace);
  const { title, meaning, causes } = trace.explanation;
  const holds = (text: string, [words, isTrue]: (typeof statements)[number]) => {
    const found = words.exec(text);
    return found === null || isTrue(sent, trace, found.slice(1));
  };
  const saysUntrue = ({ title: head, evidence, steps }: Cause) =>
    [head, ...evidence].find((text) => !statements.every((one) => holds(text, one))) ??
    steps.find(
      (text) =>
        !head.startsWith(serverSays) &&
        done.some(([words, isDone]) => words.test(text) && isDone(sent, trace, [])),
    ) ??
    misquoted([head, ...evidence], sent, trace);
  for (const cause of causes) {
    const text = saysUntrue(cause);
    if (text !== undefined) return `${text} [${cause.id}: ${cause.title}]`;
  }
  // The meaning is that of the code, whatever was sent.
  return [title, meaning.text.replace(/redirect URI/g, '')].find(
    (text) => !statements.every((one) => holds(text, one)),
  );
}

/** A sentence that quotes what neither side said. */
function misquoted(texts: readonly string[], sent: Sent, trace: Trace): string | undefined {
  return texts.find((text) =>
    // What an answer is without, nobody said.
    [...text.replace(/ without “.*/, '').matchAll(/“([^”]+)”|"([^"]+)"/g)].some(([, quoted, straight]) => {
      const value = (quoted ?? straight ?? '').replace(/…$/, '');
      return !sent.text.includes(value) && !received(trace, value);
    }),
  );
}
