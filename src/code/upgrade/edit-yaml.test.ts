import { describe, expect, it } from 'vitest';
import { editYaml } from './edit-yaml.ts';

const edit = { keys: ['catalog', 'react'], from: '^18.2.0', to: '^19.3.1' };

describe('a value in YAML', () => {
  it.each([
    ['plain, with comments', '# all\npackages:\n  - "x/*"\ncatalog:\n  react: ^18.2.0 # pinned?\n  zod: 3.1.0\n'],
    ['in single quotes', "catalog:\n  react: '^18.2.0'\n"],
    ['in double quotes, with CRLF', 'catalog:\r\n    react:   "^18.2.0"\r\n'],
    ['on one line', 'catalog: { react: ^18.2.0, zod: 3 }\n'],
  ])('changes %s', (_, text) => {
    const after = editYaml(text, edit);
    expect(after).toBe(text.replace('^18.2.0', '^19.3.1'));
    expect(editYaml(String(after), edit)).toBe(after);
  });

  it('is quoted where a plain one would be no text', () => {
    expect(editYaml('catalog:\n  react: ^18.2.0\n', { ...edit, to: '19' })).toBe("catalog:\n  react: '19'\n");
    expect(editYaml('catalog:\n  react: ^18.2.0\n', { ...edit, to: '>=19' })).toBe("catalog:\n  react: '>=19'\n");
  });

  it.each([
    ['', "catalog:\n  react: '^19.3.1'\n"],
    ['packages:\n  - x', "packages:\n  - x\ncatalog:\n  react: '^19.3.1'\n"],
    ['catalog:\n  zod: 3.1.0\nafter: 1\n', "catalog:\n  zod: 3.1.0\n  react: '^19.3.1'\nafter: 1\n"],
    ['catalog:\r\n    zod: 3.1.0', "catalog:\r\n    zod: 3.1.0\r\n    react: '^19.3.1'\r\n"],
  ])('is added under what is there', (text, after) => {
    expect(editYaml(text, { ...edit, from: undefined })).toBe(after);
  });

  it('is refused where it is another, or cannot be added', () => {
    expect(editYaml('catalog:\n  react: ^17.0.0\n', edit)).toEqual({
      why: 'Its catalog > react is "^17.0.0", and the plan expects "^18.2.0".',
    });
    expect(editYaml('a: [', edit)).toEqual({ why: 'It is no YAML any more.' });
    expect(editYaml('catalog: { zod: 3 }\n', { ...edit, from: undefined })).toHaveProperty('why');
  });
});
