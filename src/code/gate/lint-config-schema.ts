import * as z from 'zod';

const lintConfigSchema = z.object({
  parser: z.string(),
  sourceType: z.string().optional(),
  /** A year; 9999 is the newest there is. */
  ecmaVersion: z.number(),
  parserOptions: z.record(z.string(), z.unknown()),
  globals: z.record(z.string(), z.string()),
  plugins: z.array(z.string()).readonly(),
  /** Severity (1 or 2) and options; rules that are off are not there. */
  rules: z.record(z.string(), z.array(z.unknown()).readonly()),
  settings: z.record(z.string(), z.unknown()),
  noInlineConfig: z.boolean(),
});
/** What ESLint makes of a file, in one form for versions 8 and 9. */
export type LintConfig = Readonly<z.infer<typeof lintConfigSchema>>;

/** What ESLint makes of sampled files of a package. */
export const lintConfigsSchema = z.object({
  /** Folder of the package from the root; `.` is the root. */
  in: z.string(),
  /** Of ESLint. */
  version: z.string(),
  configs: z.array(lintConfigSchema).readonly(),
  /** Each with its place in `configs`; -1 where it is ignored. Paths are from the package's folder. */
  files: z.array(z.object({ file: z.string(), config: z.int() })).readonly(),
  /** Options that a rule has where none are said, as the rule itself says. */
  defaults: z.record(z.string(), z.array(z.unknown()).readonly()),
  /** Versions of plugins by their names in the configuration. */
  plugins: z.record(z.string(), z.string()),
});
export type LintConfigs = Readonly<z.infer<typeof lintConfigsSchema>>;
