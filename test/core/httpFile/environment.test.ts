import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDotenv } from '../../../src/core/dotenv.ts';
import {
  environmentsOf,
  environmentsWith,
  readEnvironment,
  setDotenv,
  setEnvironment,
  valuesIn,
} from '../../../src/core/httpFile/environment.ts';
import { tokenVariable, usedNames } from '../../../src/core/httpFile/variable.ts';

it('the names that a file uses are those between its braces, of a .env file too', () =>
  assert.deepEqual(
    [
      ...usedNames(
        'GET {{host}}/{{ id }}\nAuthorization: Bearer {{login.token}}\nX: {{$guid}} {{token-1}} {{a b}} {{$dotenv API_KEY}}',
      ),
    ],
    ['host', 'id', 'login.token', 'token-1', 'API_KEY'],
  ));

describe('a private environment file', () => {
  it('is made with the first variable', () =>
    assert.equal(
      setEnvironment('', ['dev'], 'api_token', 'T'),
      '{\n  "dev": {\n    "api_token": "T"\n  }\n}\n',
    ));

  it('tells every value of a variable, whatever it is', () => {
    const text =
      '{ "$shared": { "token": "a" }, "dev": { "token": 1, "x": "b" }, "prod": { "token": {} }, "none": 2 }';
    assert.deepEqual(valuesIn(text, 'token'), ['a', 1, undefined]);
    assert.deepEqual(
      ['{}', '', 'no JSON'].flatMap((one) => valuesIn(one, 'token')),
      [],
    );
  });

  it('keeps everything else as it is: comments, order, indentation, line endings', () => {
    const before =
      '{\r\n\t// mine\r\n\t"dev": { "a": 1, "api_token": "old" },\r\n\t"prod": {\r\n\t\t"b": [2]\r\n\t}\r\n}\r\n';
    const after = setEnvironment(before, ['dev', 'prod'], 'api_token', 'NEW');
    assert.equal(
      after,
      '{\r\n\t// mine\r\n\t"dev": { "a": 1, "api_token": "NEW" },\r\n\t"prod": {\r\n\t\t"b": [2],\r\n\t\t"api_token": "NEW"\r\n\t}\r\n}\r\n',
    );
    assert.equal(readEnvironment(after, 'prod', 'api_token'), 'NEW');
    assert.equal(setEnvironment(after, ['dev'], 'api_token', 'NEW'), after);
  });

  it('names its environments, and says when it is none', () => {
    assert.deepEqual(environmentsOf(''), []);
    assert.deepEqual(environmentsOf('{"dev": {}, "prod": {"a": {}}, "x": 1}'), ['dev', 'prod']);
    for (const text of ['[]', '{', 'x', '"a"', '{"a": }'])
      assert.equal(environmentsOf(text), undefined, text);
  });

  it('makes an environment of what stands in the place of one', () => {
    for (const text of [
      '{"dev": null}',
      '{"dev": "x"}',
      '{"dev": []}',
      '{"dev": {}, "dev": null}',
      '{"dev": null, "dev": {"a": "b"}}',
      '{"dev": {"a": "b"}, "dev": {"a": "c"}}',
      '{"__proto__": null, "dev": 1,}',
    ]) {
      const after = setEnvironment(text, ['dev'], 'a', 'T');
      assert.equal(readEnvironment(after, 'dev', 'a'), 'T', after);
      assert.ok(environmentsOf(after)?.includes('dev'), after);
      assert.equal(setEnvironment(after, ['dev'], 'a', 'T'), after);
    }
    assert.equal(setEnvironment('{"dev": null}\n', ['dev'], 'a', 'T'), '{"dev": {\n  "a": "T"\n}}\n');
    assert.equal(readEnvironment(setEnvironment('{}', ['__proto__'], 'a', 'T'), '__proto__', 'a'), 'T');
  });

  it('sets many environments at once as it sets one after the other', () => {
    for (const text of [
      '',
      '{}',
      '{ }\n',
      '{"a": {}, "b": {"t": "old"}}',
      '{\r\n\t"a": {},\r\n\t"b": null,\r\n\t"c": {\r\n\t\t"x": {} // y\r\n\t}\r\n}',
      '{\n  "b": {}, "a": {"x": 1}, "b": {"t": 5},\n}\n',
    ])
      for (const environments of [['a', 'b', 'c', 'd', 'e'], ['c', 'b', 'a'], ['d', 'a', 'd'], []]) {
        const after = setEnvironment(text, environments, 't', 'T');
        const oneByOne = environments.reduce((now, one) => setEnvironment(now, [one], 't', 'T'), text);
        for (const one of environmentsOf(oneByOne) ?? assert.fail(oneByOne))
          for (const name of ['t', 'x'])
            assert.equal(readEnvironment(after, one, name), readEnvironment(oneByOne, one, name), after);
        assert.deepEqual(environmentsOf(after), environmentsOf(oneByOne), after);
        assert.deepEqual(
          environmentsWith(after, 't'),
          environmentsOf(after)?.filter((one) => readEnvironment(after, one, 't') !== undefined),
        );
      }
    assert.equal(
      setEnvironment('{\n\t"a": {}\n}\n', ['b', 'a', 'c'], 't', 'T'),
      '{\n\t"a": {\n\t\t"t": "T"\n\t},\n\t"b": {\n\t\t"t": "T"\n\t},\n\t"c": {\n\t\t"t": "T"\n\t}\n}\n',
    );
    assert.equal(environmentsWith('[]', 't'), undefined);
    assert.deepEqual(environmentsWith(' ', 't'), []);
  });

  it('stays as it is when it is none, however deep', () => {
    for (const text of ['[]', 'null', '"x"', '['.repeat(100_000), '{"a":'.repeat(100_000)]) {
      assert.equal(setEnvironment(text, ['dev'], 'a', 'T'), text);
      assert.equal(environmentsOf(text), undefined);
      assert.equal(readEnvironment(text, 'dev', 'a'), undefined);
    }
  });

  it('has no value where there is none', () => {
    for (const text of ['', '[]', '{"dev": null}', '{"dev": {"a": 1}}', '{"x": {"a": "b"}}', 'null'])
      assert.equal(readEnvironment(text, 'dev', 'a'), undefined, text);
  });
});

describe('a .env file', () => {
  it('gets a line, or the value of its line replaced, with its own line ending', () => {
    assert.equal(setDotenv('', 'A', 'T'), 'A=T\n');
    assert.equal(setDotenv('B=1', 'A', 'T'), 'B=1\nA=T\n');
    assert.equal(setDotenv('B=1\r\n', 'A', 'T'), 'B=1\r\nA=T\r\n');
    assert.equal(setDotenv('# x\n export A = "old"\r\nAA=2\n', 'A', 'T$&'), '# x\n export A = T$&\r\nAA=2\n');
    assert.equal(readDotenv("X=1\nA='b c'\n").get('A'), 'b c');
    assert.equal(readDotenv('AA=1\n').get('A'), undefined);
  });
});

describe("the variable of a profile's token", () => {
  it('is a legal name in every dialect', () => {
    const names = {
      'my-api': 'my_api_token',
      '1st': 'p1st_token',
      'a.b/c': 'a_b_c_token',
      Übung: 'bung_token',
    };
    for (const [id, name] of Object.entries(names)) assert.equal(tokenVariable(id), name);
    for (const id of ['', '-', '日本', '🎉']) assert.match(tokenVariable(id), /^p[a-z0-9]+_token$/);
  });

  it('is never that of another profile', () => {
    const ids = ['a-b', 'a_b', 'a.b', 'c'];
    const names = ids.map((id) => tokenVariable(id, ids));
    assert.equal(new Set(names).size, ids.length);
    assert.equal(names[3], 'c_token');
  });
});
