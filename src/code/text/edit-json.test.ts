import { describe, expect, it } from 'vitest';
import { editJson, withoutMember } from './edit-json.ts';
import { withValueAt } from './insert-member.ts';

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
  expect(withValueAt(text, { keys: ['jest'], value: { roots: ['x'] } })).toBe(
    '{\n  "engines": { "node": ">=20" },\n  "files": ["a", "b"],\n  "jest": {\n    "roots": [\n      "x"\n    ]\n  }\n}\n',
  );
  expect(editJson(text, { keys: ['engines', 'npm'], from: undefined, to: '>=11' })).toBe(
    '{\n  "engines": { "node": ">=20", "npm": ">=11" },\n  "files": ["a", "b"]\n}\n',
  );
  expect(editJson(text, { keys: ['overrides', 'vite', 'esbuild'], from: undefined, to: '1' })).toBe(
    '{\n  "engines": { "node": ">=20" },\n  "files": ["a", "b"],\n  "overrides": {\n    "vite": {\n      "esbuild": "1"\n    }\n  }\n}\n',
  );
  expect(withValueAt('{}', { keys: ['a'], value: 1 })).toBe('{\n  "a": 1\n}');
});

const commented = `{
  // of the compiler
  "compilerOptions": {
    "target": "es2022", // as the browsers
    /* why */
    "lib": ["dom", "es2022"],
    // over strict
    "strict": false // soon
  },
  "files": {
    // none
  },
}
`;

it.each([
  [
    'behind the last',
    ['compilerOptions', 'noEmit'],
    true,
    ['"strict": false // soon', '"strict": false, // soon\n    "noEmit": true'],
  ],
  ['in an object of comments', ['files', 'a'], 1, ['// none', '// none\n    "a": 1']],
  ['behind a trailing comma', ['include'], 'src', ['  },\n}', '  },\n  "include": "src",\n}']],
  ['a list on one line', ['compilerOptions', 'lib'], ['dom'], ['["dom", "es2022"]', '["dom"]']],
])('comments stay where they are: %s', (_, keys, value, [from = '', to = '']) => {
  expect(withValueAt(commented, { keys, value })).toBe(commented.replace(from, to));
});

it('a new member among others stands over their comments', () => {
  const first = withValueAt(commented, { keys: ['compilerOptions', 'a'], value: 1, placeAmong: () => 0 });
  expect(first).toContain('"compilerOptions": {\n    "a": 1,\n    "target": "es2022", // as the browsers\n');
  const third = withValueAt(commented, { keys: ['compilerOptions', 'm'], value: 1, placeAmong: () => 2 });
  expect(third).toContain('"lib": ["dom", "es2022"],\n    "m": 1,\n    // over strict\n    "strict": false // soon\n');
});

it.each([
  ['{"a":1,"b":{"c":["d"]}}', '{"a":1,"b":{"c":["d"],"e":{"f":["g","h"]}}}'],
  ['{ "a": 1, "b": { "c": ["d"] } }\n', '{ "a": 1, "b": { "c": ["d"], "e": { "f": ["g", "h"] } } }\n'],
  ['{ "b": {} }', '{ "b": { "e": { "f": ["g", "h"] } } }'],
])('what is on one line stays so: %s', (text, after) => {
  expect(withValueAt(text, { keys: ['b', 'e'], value: { f: ['g', 'h'] } })).toBe(after);
});

it.each([
  ['the first', ['compilerOptions', 'target'], '    "target": "es2022", // as the browsers\n'],
  ['one with a comment above', ['compilerOptions', 'lib'], '    "lib": ["dom", "es2022"],\n'],
  ['one with a trailing comma', ['files'], '  "files": {\n    // none\n  },\n'],
])('a member goes with its line: %s', (_, keys, gone) => {
  expect(withoutMember(commented, keys)).toBe(commented.replace(gone, ''));
});

it('the last goes with the comma before it', () => {
  expect(withoutMember(commented, ['compilerOptions', 'strict'])).toBe(
    commented.replace('["dom", "es2022"],', '["dom", "es2022"]').replace('    "strict": false // soon\n', ''),
  );
  expect(withoutMember('{"a":1,"b":2}', ['b'])).toBe('{"a":1}');
  expect(withoutMember('{\n  "a": {\n    "b": 2\n  }\n}', ['a', 'b'])).toBe('{\n  "a": {}\n}');
});

it('an object gets lines where one is too wide', () => {
  const text = '{\n  "a": { "scripts": { "test": "node --test", "lint": "eslint ." } }\n}\n';
  const keys = ['a', 'scripts', 'build'];
  expect(withValueAt(text, { keys, value: 'tsc', placeAmong: () => 1 })).toBe(
    '{\n  "a": { "scripts": {\n    "test": "node --test",\n    "build": "tsc",\n    "lint": "eslint ."\n  } }\n}\n',
  );
});
