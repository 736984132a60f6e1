import { describe, expect, it } from 'vitest';
import { editJson, withMember } from './edit-json.ts';

const edit = { keys: ['dependencies', 'a'], from: '^1.0.0', to: '^2.1.0' };

describe('a value in JSON', () => {
  it.each([
    ['two spaces', '{\n  "dependencies": {\n    "a": "^1.0.0",\n    "b": "2"\n  }\n}\n'],
    ['tabs and CRLF', '{\r\n\t"dependencies": {\r\n\t\t"a": "^1.0.0",\r\n\t\t"b": "2"\r\n\t}\r\n}'],
    ['a byte order mark', '\uFEFF{ "dependencies": { "a": "^1.0.0", "b": "2" } }'],
    ['odd spacing', '{"dependencies" :{ "a":  "^1.0.0" , "b":"2"}, "x": 1.50 }'],
    ['the same name elsewhere', '{"devDependencies":{"a":"^1.0.0"},"dependencies":{"a":"^1.0.0"}}'],
  ])('changes with %s kept', (_, text) => {
    const at = text.lastIndexOf('^1.0.0');
    const after = editJson(text, edit);
    expect(after).toBe(`${text.slice(0, at)}^2.1.0${text.slice(at + 6)}`);
    expect(editJson(String(after), edit)).toBe(after);
  });

  it.each([
    [
      '{\r\n\t"dependencies": {\r\n\t\t"0": "1",\r\n\t\t"c": "3"\r\n\t},\r\n\t"x":   1\r\n}\r\n',
      '"c"',
      '"a": "^2.1.0",\r\n\t\t"c"',
    ],
    ['\uFEFF{\n    "dependencies": {\n        "0": "1"\n    }\n}', '"1"', '"1",\n        "a": "^2.1.0"'],
    ['{\n  "name": "x"\n}\n', '"x"', '"x",\n  "dependencies": {\n    "a": "^2.1.0"\n  }'],
  ])('is added in its place, in the style of the file', (text, before, after) => {
    expect(editJson(text, { ...edit, from: undefined })).toBe(text.replace(before, after));
  });

  it.each([
    ['{ "dependencies": { "a": "^1.1.0" } }', 'Its dependencies > a is "^1.1.0", and the plan expects "^1.0.0".'],
    ['{ "devDependencies": { "a": "^1.0.0" } }', 'It has no dependencies > a, and the plan expects "^1.0.0".'],
    ['', 'It is no JSON any more.'],
  ])('is refused where it is another', (text, why) => {
    expect(editJson(text, edit)).toEqual({ why });
  });
});

it('leaves what stands on one line beside a new member as it is', () => {
  const text = '{\n  "engines": { "node": ">=20" },\n  "files": ["a", "b"]\n}\n';
  expect(withMember(text, 'jest', { roots: ['x'] })).toBe(
    '{\n  "engines": { "node": ">=20" },\n  "files": ["a", "b"],\n  "jest": {\n    "roots": [\n      "x"\n    ]\n  }\n}\n',
  );
  expect(editJson(text, { keys: ['engines', 'npm'], from: undefined, to: '>=11' })).toBe(
    '{\n  "engines": { "node": ">=20", "npm": ">=11" },\n  "files": ["a", "b"]\n}\n',
  );
  expect(editJson(text, { keys: ['overrides', 'vite', 'esbuild'], from: undefined, to: '1' })).toBe(
    '{\n  "engines": { "node": ">=20" },\n  "files": ["a", "b"],\n  "overrides": {\n    "vite": {\n      "esbuild": "1"\n    }\n  }\n}\n',
  );
  expect(withMember('{}', 'a', 1)).toBe('{\n  "a": 1\n}');
});
