import { expect, it } from 'vitest';
import { inCodeStyle, writtenStyle } from './in-code-style.ts';

it('quotes, indentation, semicolons and last commas', () => {
  const written = [
    '/**',
    ' * It has; a comment;',
    ' */',
    "const a = 'b';",
    'const c = \'say "d"\';',
    'if (a) {',
    '  e(',
    '    f,',
    '  );',
    '  (a ?? c).trim();',
    '}',
    '',
  ].join('\n');
  expect(inCodeStyle(written, { ...writtenStyle, quote: '"', indent: '\t', end: '', comma: '' })).toBe(
    [
      '/**',
      ' * It has; a comment;',
      ' */',
      'const a = "b"',
      'const c = \'say "d"\'',
      'if (a) {',
      '\te(',
      '\t\tf',
      '\t);',
      '\t(a ?? c).trim()',
      '}',
      '',
    ].join('\n'),
  );
  expect(inCodeStyle(written, writtenStyle)).toBe(written);
});
