import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstPage } from '../../../src/core/token/firstPage.ts';
import { tokenSamples } from '../../webview/tokenSamples.ts';

describe('what the page of a token view draws first', () => {
  it('is some rows of the long lists, how many there are in all, and nothing that is folded away', async () => {
    const { many } = await tokenSamples();
    assert.ok(many?.scopes);
    const first = firstPage(many);
    const size = (model: unknown) => JSON.stringify(model).length;
    assert.ok(size(first) < size(many) / 5, `${size(first)} of ${size(many)} characters`);
    const [whole, cut] = [many, first].map(({ tokens: [token] }) => token);
    assert.ok(whole?.payload && cut?.payload);
    assert.deepEqual(cut.payload.rows, whole.payload.rows.slice(0, 15));
    assert.equal(15 + (cut.payload.later ?? 0), whole.payload.rows.length);
    assert.deepEqual(first.scopes?.rows, many.scopes.rows.slice(0, 15));
    assert.equal(15 + (first.scopes.later ?? 0), many.scopes.rows.length);
    assert.deepEqual({ ...cut, payload: 0, encoded: 0 }, { ...whole, payload: 0, encoded: 0 });
  });

  it('keeps the answer whole where that is the tab to be seen', async () => {
    const { many } = await tokenSamples();
    assert.ok(many?.response && many.response.text.length > 0);
    assert.deepEqual(firstPage({ ...many, tab: 'response' }).response, many.response);
    assert.equal(firstPage({ ...many, tab: 'access' }).response?.text, '');
  });

  it('is the model itself where nothing is long', async () => {
    const { user, nothing } = await tokenSamples();
    assert.ok(user && nothing);
    assert.equal(firstPage(user), user);
    assert.equal(firstPage(nothing), nothing);
  });
});
