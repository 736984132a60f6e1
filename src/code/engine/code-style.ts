import { parse } from 'jsonc-parser';
import * as z from 'zod';
import { jsonOf, yamlOf } from '../text/read-data.ts';
import type { CodeStyle } from './code.ts';

const optionsSchema = z.object({
  singleQuote: z.boolean().default(false),
  tabWidth: z.int().min(1).max(16).default(2),
  useTabs: z.boolean().default(false),
  printWidth: z.int().min(20).default(80),
  semi: z.boolean().default(true),
  trailingComma: z.enum(['all', 'es5', 'none']).default('all'),
});

/** As much of a tree as is asked for here. */
type ReadTree = { read(path: string): Promise<{ readonly text: string } | undefined> };

/** https://standardjs.com/rules */
const standard = { singleQuote: true, semi: false, trailingComma: 'none' };

/** https://biomejs.dev/reference/configuration/: what is not said is so. */
const biomeFormatter = z.object({
  indentStyle: z.enum(['tab', 'space']).optional(),
  indentWidth: z.int().optional(),
  lineWidth: z.int().optional(),
});
const biomeSchema = z.object({
  formatter: biomeFormatter.default({}),
  javascript: z
    .object({
      formatter: biomeFormatter
        .extend({
          quoteStyle: z.enum(['double', 'single']).optional(),
          semicolons: z.enum(['always', 'asNeeded']).optional(),
          trailingCommas: z.enum(['all', 'es5', 'none']).optional(),
        })
        .default({}),
    })
    .default({ formatter: {} }),
});

/**
 * How a folder's Prettier writes, where it says so in JSON or YAML; else its Biome; else as Standard where that is used; else as
 * the given files of it are written, and else as Prettier does by itself.
 */
export async function codeStyleOf(tree: ReadTree, folder: string, beside: readonly string[] = []): Promise<CodeStyle> {
  const document = await formatterOf(tree, folder);
  return document === undefined ? styleOfTexts(beside) : styleOf(document);
}

/** The options of a folder's formatter as Prettier names them; undefined where nothing says that there is one. */
async function formatterOf(tree: ReadTree, folder: string): Promise<unknown> {
  const at = (name: string) => (folder === '.' ? name : `${folder}/${name}`);
  for (const name of ['.prettierrc', '.prettierrc.json', '.prettierrc.yaml', '.prettierrc.yml']) {
    const text = (await tree.read(at(name)))?.text;
    if (text !== undefined) return jsonOf(text) ?? yamlOf(text) ?? {};
  }
  const manifest = z
    .object({
      prettier: z.unknown().optional(),
      devDependencies: z.object({ standard: z.string().optional() }).optional(),
    })
    .safeParse(jsonOf((await tree.read(at('package.json')))?.text ?? ''));
  if (!manifest.success) return undefined;
  const { prettier, devDependencies } = manifest.data;
  if (prettier === undefined) {
    for (const name of ['biome.json', 'biome.jsonc']) {
      const biome = biomeSchema.safeParse(
        parse((await tree.read(at(name)))?.text ?? '', [], { allowTrailingComma: true }),
      );
      if (biome.success) return asPrettier(biome.data);
    }
  }
  return prettier ?? (devDependencies?.standard === undefined ? undefined : standard);
}

function asPrettier({ formatter: all, javascript: { formatter: own } }: z.infer<typeof biomeSchema>): object {
  return {
    singleQuote: own.quoteStyle === 'single',
    tabWidth: own.indentWidth ?? all.indentWidth ?? 2,
    useTabs: (own.indentStyle ?? all.indentStyle) !== 'space',
    printWidth: own.lineWidth ?? all.lineWidth ?? 80,
    semi: own.semicolons !== 'asNeeded',
    trailingComma: own.trailingCommas ?? 'all',
  };
}

/** As most of some files are written: quotes, the ends of statements, and the first indentation that is seen. Pure. */
export function styleOfTexts(texts: readonly string[]): CodeStyle {
  const all = texts.join('\n');
  const count = (pattern: RegExp): number => all.match(pattern)?.length ?? 0;
  const single = count(/(?:from |require\()'/g);
  const double = count(/(?:from |require\()"/g);
  const ended = count(/[\w)'"\]];[ \t]*\r?$/gm);
  const open = count(/^[ \t]*(?:import|const|let|var|return)\b.*[\w)'"\]][ \t]*\r?$/gm);
  const indent = /^([ ]{2,8}|\t)\S/m.exec(all)?.[1];
  const plain = styleOf(undefined);
  return {
    ...plain,
    ...(single > double ? { quote: "'" } : {}),
    ...(open > ended ? { end: '' } : {}),
    ...(indent === undefined ? {} : { indent }),
  };
}

function styleOf(document: unknown): CodeStyle {
  const parsed = optionsSchema.safeParse(document ?? {});
  const options = parsed.success ? parsed.data : optionsSchema.parse({});
  return {
    quote: options.singleQuote ? "'" : '"',
    indent: options.useTabs ? '\t' : ' '.repeat(options.tabWidth),
    width: options.printWidth,
    end: options.semi ? ';' : '',
    comma: options.trailingComma === 'none' ? '' : ',',
  };
}
