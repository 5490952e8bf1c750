import type { SourceView } from '../../../shared/views/finding.ts';
import type { CheckWords } from '../check.ts';
import { fapi2 } from '../../source.ts';

/** The checks that also run without FAPI 2.0, with the section of FAPI 2.0 that requires them. */
const shared: ReadonlyMap<string, SourceView> = new Map(
  (
    [
      ['5.2.1', ['response.tls-version']],
      ['5.2.3', ['response.hsts', 'response.cors']],
      ['5.3.2.1', ['client.password-grant', 'client.assertion-audience', 'client.assertion-other-key']],
      ['5.3.2.1', ['code.lifetime']],
      ['5.3.2.2', ['redirect.registered', 'redirect.missing', 'response.implicit', 'response.issuer']],
      ['5.3.2.2', ['pkce.no-challenge', 'pkce.plain', 'pkce.wrong-verifier', 'code.replayed']],
      ['5.3.2.2', ['par.expired', 'par.other-client', 'par.outside']],
      ['5.4.1', ['client.assertion-unsigned']],
      ['5.3.4', ['dpop.bearer', 'dpop.other-key', 'token.in-query']],
    ] as const
  ).flatMap(([section, ids]) => ids.map((id) => [id, fapi2(section)] as const)),
);

/** A check as part of the FAPI group, with FAPI's section; its id, by which contracts name it, stays. */
export function inGroup<C extends CheckWords>(check: C): C {
  const source = shared.get(check.id);
  return source === undefined ? check : { ...check, area: 'fapi', sources: [...check.sources, source] };
}
