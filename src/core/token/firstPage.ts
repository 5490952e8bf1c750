import { fewRows, type TokenPartView, type TokenViewModel } from '../../shared/views/tokenView.ts';

/**
 * What a page draws first of a model with long lists: their first rows, and none of what is folded away. The page is painted before the
 * rest has come. A model without long lists is given back as it is.
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

/** The text of a part with rows is folded away. */
function firstOfPart(part: TokenPartView): TokenPartView {
  return part.rows.length === 0 ? part : { ...firstRows(part), text: '' };
}

function firstRows<List extends { readonly rows: readonly unknown[] }>(list: List): List {
  const later = list.rows.length - fewRows;
  return later <= 0 ? list : { ...list, rows: list.rows.slice(0, fewRows), later };
}
