import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { fail } from '#core/error';
import { jsonOf, yamlOf } from '../text/read-data.ts';

const configSchema = z.object({
  language: z.string().optional(),
  timeout: z.number().optional(),
  ignore_whitespace: z.boolean().optional(),
  expect_errors: z.array(z.string()).optional(),
  params: z.record(z.string(), z.json()).optional(),
  expected_extension: z.string().optional(),
  semantic_workspace: z.boolean().optional(),
});
export type TestConfig = Readonly<z.infer<typeof configSchema>>;

const names = ['test.config.json', 'test.config.yaml', 'codemod-test.config.json', 'codemod-test.config.yaml'];

/**
 * The settings of a case: those of its folder and of the folders above it up to and with `top`, the nearer counting more.
 * Throws `bad-input` for a file that is not of the form.
 */
export function testConfig(folder: string, top: string): TestConfig {
  const above = folder === top || dirname(folder) === folder ? {} : testConfig(dirname(folder), top);
  return { ...above, ...readConfig(folder) };
}

function readConfig(folder: string): TestConfig {
  for (const name of names) {
    const text = readIfThere(join(folder, name));
    if (text === undefined) continue;
    const parsed = configSchema.safeParse(name.endsWith('.json') ? jsonOf(text) : yamlOf(text));
    if (parsed.success) return parsed.data;
    throw fail('bad-input', {
      what: `${join(folder, name)} cannot be used.`,
      why: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      next: 'See the public reference of test.config.json.',
    });
  }
  return {};
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
