import { expect, test } from 'vitest';
import { codeStyleOf } from './code-style.ts';

const check = (files: Readonly<Record<string, string>>) => {
  const texts = new Map(Object.entries({ 'package.json': '{ "name": "shop" }', ...files }));
  const read = async (path: string) => {
    const text = texts.get(path);
    return text === undefined ? undefined : { text };
  };
  return codeStyleOf({ read }, '.');
};

test('without a formatter it is as Prettier does by itself', async () => {
  expect(await check({})).toEqual({ quote: '"', indent: '  ', width: 80, end: ';', comma: ',' });
});

test('Biome says how it writes', async () => {
  const formatter = { quoteStyle: 'single', semicolons: 'asNeeded', trailingCommas: 'none', lineWidth: 100 };
  const biome = { formatter: { indentStyle: 'space', indentWidth: 4 }, javascript: { formatter } };
  expect(await check({ 'biome.json': JSON.stringify(biome) })).toEqual({
    quote: "'",
    indent: '    ',
    width: 100,
    end: '',
    comma: '',
  });
});

test('what Biome is not told is as Biome does by itself: tabs', async () => {
  expect(await check({ 'biome.jsonc': '{}' })).toMatchObject({ quote: '"', indent: '\t' });
});

test('biome.jsonc has comments and trailing commas', async () => {
  const text = '{\n  // ours\n  "formatter": { "indentStyle": "space", },\n}\n';
  expect(await check({ 'biome.jsonc': text })).toMatchObject({ indent: '  ' });
});

test('Prettier comes before Biome', async () => {
  const files = { 'biome.json': '{}', '.prettierrc': '{ "singleQuote": true }' };
  expect(await check(files)).toMatchObject({ quote: "'", indent: '  ' });
});
