import * as z from 'zod';
import type { TreeView } from '../recipe.ts';
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

/** https://standardjs.com/rules */
const standard = { singleQuote: true, semi: false, trailingComma: 'none' };

/**
 * How a folder's Prettier writes, where it says so in JSON or YAML; else as Standard where that is used, and else as Prettier
 * does by itself.
 */
export async function codeStyleOf(tree: TreeView, folder: string): Promise<CodeStyle> {
  const at = (name: string) => (folder === '.' ? name : `${folder}/${name}`);
  for (const name of ['.prettierrc', '.prettierrc.json', '.prettierrc.yaml', '.prettierrc.yml']) {
    const text = (await tree.read(at(name)))?.text;
    if (text !== undefined) return styleOf(jsonOf(text) ?? yamlOf(text));
  }
  const manifest = z
    .object({
      prettier: z.unknown().optional(),
      devDependencies: z.object({ standard: z.string().optional() }).optional(),
    })
    .safeParse(jsonOf((await tree.read(at('package.json')))?.text ?? ''));
  if (!manifest.success) return styleOf(undefined);
  const { prettier, devDependencies } = manifest.data;
  return styleOf(prettier ?? (devDependencies?.standard === undefined ? undefined : standard));
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
