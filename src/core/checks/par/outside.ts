import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { describeProbe } from '../probe.ts';
import { addressWith, look, push, requireOwnAnswer, requireTaken } from '../pushed.ts';
import { rfc } from '../../source.ts';

const outside = 'a-state-that-was-not-pushed';

/** Changing the URL must not change the pushed request. */
export const pushedOutside: Check = {
  id: 'par.outside',
  area: 'par',
  title: 'Only what was pushed counts',
  tries: 'Adds another state to the address of a pushed request.',
  expects: 'It answers with the state that was pushed, or refuses.',
  judged: 'An answer with the other state fails.',
  sources: [rfc(9126, '4'), rfc(9101, '6.3')],
  needs: { authorization: true, pushed: true, signIn: 'maybe' },
  requests: 4,
  signIns: 1,
  async run(bench) {
    const quiet = await push(bench, await bench.quiet());
    const answer = await look(bench, addressWith(quiet.url, { state: outside }));
    if (answer.kind === 'refused') {
      await requireTaken(bench);
      return pass('The server refuses parameters beside request_uri.');
    }
    if (answer.kind === 'redirect') {
      requireOwnAnswer(answer);
      return judge(answer.parameters.get('state'), quiet.state);
    }
    if (bench.canSignIn) return inBrowser(bench);
    return notDetermined(`The server ${describeProbe(answer)}; only a sign-in tells.`);
  },
};

async function inBrowser(bench: Bench): Promise<Judgement> {
  const { url, state } = await push(bench, { redirect_uri: bench.listening });
  const to = addressWith(url, { state: outside }).href;
  const { parameters } = await bench.authorize({}, { url: to, state, anyState: true });
  return judge(parameters.get('state'), state);
}

function judge(came: string | null, pushed: string): Judgement {
  if (came === outside)
    return fail(
      'The server takes the state from the address, not from the pushed request.',
      'Use nothing but the pushed request where there is a request_uri.',
    );
  if (came === pushed) return pass('The server keeps to what was pushed.');
  if (came === null) return notDetermined('The server answered without a state.');
  return notDetermined('The answer had a state that was never sent.');
}
