import { describe, expect, it } from 'vitest';
import { editManifest, manifestChanges } from './manifest-edits.ts';
import type { Hop } from './upgrade-path.ts';

const dependencies = 'dependencies';

describe('a package.json with other versions', () => {
  it.each([
    ['two spaces', '{\n  "dependencies": {\n    "a": "^1.0.0",\n    "b": "2"\n  }\n}\n'],
    ['tabs and CRLF', '{\r\n\t"dependencies": {\r\n\t\t"a": "^1.0.0",\r\n\t\t"b": "2"\r\n\t}\r\n}'],
    ['a byte order mark', '\uFEFF{ "dependencies": { "a": "^1.0.0", "b": "2" } }'],
    ['odd spacing', '{"dependencies" :{ "a":  "^1.0.0" , "b":"2"}, "x": 1.50 }'],
  ])('keeps %s', (_, text) => {
    const edits = [{ group: dependencies, name: 'a', from: '^1.0.0', to: '^2.1.0' }];
    const after = editManifest('package.json', text, edits);
    expect(after).toBe(text.replace('^1.0.0', '^2.1.0'));
    expect(editManifest('package.json', after, edits)).toBe(after);
  });

  it('takes a new line in its place by name, in the style of the file', () => {
    const text = '{\r\n\t"dependencies": {\r\n\t\t"a": "1",\r\n\t\t"c": "3"\r\n\t},\r\n\t"x":   1\r\n}\r\n';
    const after = editManifest('package.json', text, [
      { group: dependencies, name: 'b', from: undefined, to: '^2.0.0' },
    ]);
    expect(after).toBe(text.replace('"c"', '"b": "^2.0.0",\r\n\t\t"c"'));
  });

  it('refuses a file that declares something else', () => {
    const edits = [{ group: dependencies, name: 'a', from: '^1.0.0', to: '^2.1.0' }];
    expect(() => editManifest('package.json', '{ "dependencies": { "a": "^1.1.0" } }', edits)).toThrow(/"\^1.1.0"/);
    expect(() => editManifest('package.json', '{ "devDependencies": { "a": "^1.0.0" } }', edits)).toThrow(
      /not declare a/,
    );
  });
});

it('changes every file of a hop once, and none that has it already', async () => {
  const hop: Hop = {
    id: 'hop-1-a-2',
    title: 'a 1 → 2',
    lead: { name: 'a', from: '1.0.0', to: '2.0.0' },
    changes: [
      {
        name: 'a',
        from: '1.0.0',
        to: '2.0.0',
        declared: ['package.json', 'x/package.json'].map((file) => ({ file, group: dependencies, from: '1', to: '2' })),
        why: '',
      },
    ],
    findings: [],
  };
  const files = new Map([
    ['package.json', '{ "dependencies": { "a": "1" } }'],
    ['x/package.json', '{ "dependencies": { "a": "2" } }'],
  ]);
  const changes = await manifestChanges(hop, async (path) => files.get(path));
  expect(changes).toEqual([
    { path: 'package.json', before: files.get('package.json'), after: '{ "dependencies": { "a": "2" } }' },
  ]);
});
