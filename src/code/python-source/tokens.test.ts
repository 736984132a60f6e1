import { expect, it } from 'vitest';
import { tokensOf } from './tokens.ts';

const texts = [
  "def f(a, *, b: int = 0x1F) -> 'str':\n\treturn a @ b  # comment\n",
  'x = (1,\n     2) \\\n    + 3\r\ny = """a\nb"""\n',
  'z = f\'{a!r:>{w}} {{x}} {b["k"]} {c if d else e}\'\n',
  "w = rf'\\d{n}' f'' b'\\x00' u'é' fr\"\"\"{q\n}\"\"\"\n",
  "broken = 'no end\nnext = $ ?\n",
  'if x := 1j: pass\nn = 1_000.5e-3; m = 0o17',
];

it('tokens are the whole text, without gaps', () => {
  for (const text of texts) {
    const tokens = tokensOf(text);
    expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(tokens.every(({ start }, index) => start === (tokens[index - 1]?.end ?? 0))).toBe(true);
  }
});

it('a line ends where no bracket is open and something stood on it', () => {
  const kinds = tokensOf('a = (1,\n2)\n\n# c\nb\n').filter(({ kind }) => kind === 'nl' || kind === 'newline');
  expect(kinds.map(({ kind }) => kind)).toEqual(['nl', 'newline', 'nl', 'nl', 'newline']);
});

it('the code within an f-string is code, and its text is not', () => {
  const tokens = tokensOf("f'a, {b(1, c)}: {d}'");
  expect(tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text)).toEqual(['b', 'c', 'd']);
  expect(tokens.filter(({ text }) => text === ',')).toHaveLength(1);
});
