import { fewRows, type TokenPartView, type TokenViewModel } from '../../shared/views/tokenView.ts';

/**
 * The part of a model that a page draws first: only the first rows of long lists, and nothing that is folded away, so that the
 * page appears before the rest has arrived. A model without long lists is returned as it is.
 */
export function firstPage(model: TokenViewModel): TokenViewModel {
  const { tokens, scopes, response, tab } = model;
  const isLong = [scopes, ...tokens.map(({ payload }) => payload)].some(
    (list) => (list?.rows.length ?? 0) > fewRows,
  );
  if (!isLong) return model;
  return {
    ...model,
    tokens: tokens.map((token) => ({
      ...token,
      ...(token.payload && { payload: firstOfPart(token.payload) }),
      encoded: [],
    })),
    ...(scopes && { scopes: firstRows(scopes) }),
    ...(response && tab !== 'response' && { response: { ...response, rows: [], text: '' } }),
  };
}

/** Leaves out the text of a part with rows, as it is folded away. */
function firstOfPart(part: TokenPartView): TokenPartView {
  return part.rows.length === 0 ? part : { ...firstRows(part), text: '' };
}

function firstRows<List extends { readonly rows: readonly unknown[] }>(list: List): List {
  const later = list.rows.length - fewRows;
  return later <= 0 ? list : { ...list, rows: list.rows.slice(0, fewRows), later };
}
