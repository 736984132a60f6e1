import * as z from 'zod';
import { majorSchema } from '#db/lint/majors';
import { nameKinds } from '#db/lint/questions/name-kinds';

export const targetClassSchema = z.enum(['development', 'staging', 'production']);
export type TargetClass = z.infer<typeof targetClassSchema>;

const targetSchema = z.strictObject({
  /** URL, or the name of the environment variable that holds it as `env:NAME`. */
  url: z.string(),
  /** URL of the same database for a user who may only read, likewise: what only looks uses it. */
  readUrl: z.string().optional(),
  /** Left out, it is production: the class that asks for the most. */
  class: targetClassSchema.optional(),
  /** Command whose success (exit 0) is the evidence of a backup. */
  backup: z.string().optional(),
});

/** The configuration of a project, from `godwit.config.{ts,mts,js,mjs,json}`. Everything is optional. */
export const configSchema = z.strictObject({
  targets: z.record(z.string(), targetSchema).default({}),
  /** Target used when neither --db nor --target nor DATABASE_URL names one. */
  defaultTarget: z.string().optional(),
  /** Folder of plans, relative to the configuration. */
  migrations: z.string().default('migrations'),
  /** Shell commands of the deploy gate. */
  deploy: z
    .strictObject({ check: z.string().optional(), test: z.string().optional(), revert: z.string().optional() })
    .default({}),
  /** ssh allowed_signers file for signed approvals. */
  allowedSigners: z.string().optional(),
  /** How working trees are changed. */
  tree: z
    .strictObject({
      /** First line of every commit's message; `{title}` stands for what the step does. */
      commitMessage: z
        .string()
        .refine((text) => text.includes('{title}'), 'it has to contain {title}')
        .default('{title}'),
      /** False passes the repository's hooks by when committing. */
      hooks: z.boolean().default(true),
      /** False reads changelogs only where a package ships them, and not in the repository that it names. */
      repositories: z.boolean().default(true),
      /** The Node with which the gate of an upgrade of Node measures: path of the program, from the configuration. */
      node: z.string().optional(),
      /** Commands of the gate instead of those that are found; false leaves a check out. */
      checks: z
        .strictObject({
          build: z.union([z.string(), z.literal(false)]).optional(),
          types: z.union([z.string(), z.literal(false)]).optional(),
          lint: z.union([z.string(), z.literal(false)]).optional(),
          test: z.union([z.string(), z.literal(false)]).optional(),
        })
        .default({}),
      /** What imports of JavaScript and TypeScript have to keep to: no plan passes the gate that adds one against it. */
      imports: z
        .strictObject({
          /** Patterns of files from the top layer to the lowest; a list in it is of neighbours, which do not import each other. */
          layers: z.array(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])).default([]),
          /** `none` is held against every cycle, `no-more` against those that were not there before. */
          cycles: z.enum(['none', 'no-more']).optional(),
          /** Whether an import of types alone counts between layers. */
          typeImports: z.enum(['count', 'pass']).default('count'),
        })
        .prefault({}),
      /** How an upgrade is rehearsed. */
      rehearse: z
        .strictObject({
          /** Files that git does not hold and the checks need, e.g. `.env`, as patterns of git from the tree. */
          copy: z
            .array(z.string().refine(isInside, 'it has to be a path inside the tree, e.g. .env or config/*.local.json'))
            .default([]),
        })
        .prefault({}),
    })
    .prefault({}),
  /** What `godwit lint` holds against migrations. */
  lint: z
    .strictObject({
      /** Severity of rules, or off, by our id or another tool's name. */
      rules: z.record(z.string(), z.enum(['error', 'warning', 'advice', 'off'])).default({}),
      failOn: z.enum(['error', 'warning', 'advice', 'never']).default('error'),
      /** Major version of the server that the migrations are for. */
      serverVersion: majorSchema.optional(),
      /** SQL of the schema as it is before the migrations. */
      schema: z.string().optional(),
      /** File with old findings. */
      baseline: z.string().optional(),
      /** Regular expressions that names must fit, by kind: table, column, index, constraint, … */
      naming: z
        .record(z.string(), z.string().refine(isExpression, 'it has to be a regular expression'))
        .refine(
          (said) => Object.keys(said).every((kind) => nameKinds.some((known) => known === kind)),
          `the kinds are ${nameKinds.join(', ')}`,
        )
        .default({}),
      /** Folders whose migrations alone may change a schema or a table, by pattern: `billing.*` to `services/billing/**`. */
      ownership: z.record(z.string(), z.string()).default({}),
      policy: z
        .strictObject({
          requiredColumns: z.array(z.string()).default([]),
          forbiddenTypes: z.array(z.string()).default([]),
          requireComment: z.boolean().default(false),
        })
        .prefault({}),
    })
    .prefault({}),
  /** The model that `godwit assist` may ask where plain words are not enough, and what it may use. */
  assist: z
    .strictObject({
      /** `anthropic:NAME` or `openai-compatible:NAME`. Left out, no model is ever asked. */
      model: z.string().optional(),
      /** Address of the endpoint, e.g. `http://localhost:11434/v1`. */
      url: z.string().optional(),
      /** The environment variable that holds the key, as `env:NAME`. */
      key: z
        .string()
        .regex(/^env:[A-Za-z_]\w*$/, 'it has to name a variable of the environment, e.g. env:MODEL_KEY')
        .optional(),
      /** Tokens, read and written, that one call of `godwit assist` may use. */
      tokens: z.number().int().min(1_000).default(400_000),
      minutes: z.number().min(0.1).max(600).default(30),
      /** Answers of the model. */
      turns: z.number().int().min(1).max(1_000).default(60),
      /** What a million tokens cost, so that godwit can say what was spent. */
      price: z
        .strictObject({
          input: z.number().nonnegative(),
          output: z.number().nonnegative(),
          currency: z.string().default('USD'),
        })
        .optional(),
    })
    .prefault({}),
  limits: z
    .strictObject({
      lockTimeoutMs: z.number().int().min(10).max(60_000).default(500),
      statementTimeoutMs: z.number().int().min(100).default(5_000),
      indexDeadlineMs: z.number().int().min(1_000).default(3_600_000),
      workers: z.number().int().min(1).max(16).default(1),
      batchTargetMs: z.number().int().min(5).max(5_000).default(50),
      rewriteBytesMax: z.number().int().min(0).default(8_388_608),
      guardHoldMaxMs: z.number().int().min(1_000).default(600_000),
      /** How long a lock is asked for, again and again, before the run pauses. */
      lockWaitMaxMs: z.number().int().min(100).default(180_000),
    })
    .prefault({}),
});
export type Config = Readonly<z.infer<typeof configSchema>>;

function isInside(pattern: string): boolean {
  const parts = pattern.split('/');
  return pattern !== '' && !/^[/:\\]|^[A-Za-z]:/.test(pattern) && !parts.includes('..') && !parts.includes('.git');
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}
