import * as z from 'zod';

const json = z.json();
const texts = z.record(z.string(), z.coerce.string()).default({});
/** A literal list; one entry may be an expression that stands for several. */
const globs = z.array(z.string()).readonly().optional();

const filesSchema = z.object({ include: globs, exclude: globs, base_path: z.string().optional() });

const semanticSchema = z.union([
  z.enum(['file', 'workspace']).transform((mode) => ({ mode, root: undefined })),
  z.object({ mode: z.enum(['file', 'workspace']), root: z.string().optional() }),
]);

const jsSchema = filesSchema.extend({
  js_file: z.string(),
  language: z.string().default('typescript'),
  capabilities: z.array(z.string()).readonly().default([]),
  semantic_analysis: semanticSchema.optional(),
});
/** A step that runs a transform on files. */
export type JsStep = Readonly<z.infer<typeof jsSchema>>;

const jscodeshiftSchema = filesSchema.extend({ js_file: z.string() });
/** A step that runs a transform of jscodeshift; not of the public format, but of ours. */
export type JscodeshiftStep = Readonly<z.infer<typeof jscodeshiftSchema>>;

const ruleStepSchema = filesSchema.extend({ config_file: z.string() });
/** A step that applies rules of ast-grep in YAML. */
export type RuleStep = Readonly<z.infer<typeof ruleStepSchema>>;

const nestedSchema = z.object({
  source: z.string(),
  args: z.array(z.coerce.string()).readonly().default([]),
  env: texts,
  working_dir: z.string().optional(),
});
/** A step that runs another package. */
export type NestedStep = Readonly<z.infer<typeof nestedSchema>>;

const actionKinds = [
  'js-ast-grep',
  'jscodeshift',
  'ast-grep',
  'run',
  'codemod',
  'ai',
  'install-skill',
  'shard',
  'use',
] as const;

const stepSchema = z
  .object({
    id: z.string().optional(),
    name: z.string().default(''),
    if: z.union([z.string(), z.boolean().transform(String)]).optional(),
    env: texts,
    'js-ast-grep': jsSchema.optional(),
    jscodeshift: jscodeshiftSchema.optional(),
    'ast-grep': ruleStepSchema.optional(),
    run: z.string().optional(),
    codemod: nestedSchema.optional(),
    ai: z.object({ prompt: z.string() }).optional(),
    'install-skill': z.unknown().optional(),
    shard: z.unknown().optional(),
    use: z.unknown().optional(),
  })
  .refine((step) => actionKinds.some((kind) => step[kind] !== undefined), {
    error: `a step does one of ${actionKinds.join(', ')}`,
  });
/** One step of a node: exactly one of its actions is there. */
export type WorkflowStep = Readonly<z.infer<typeof stepSchema>>;

const nodeSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  type: z.enum(['automatic', 'manual']).default('automatic'),
  depends_on: z.array(z.string()).readonly().default([]),
  trigger: z.object({ type: z.enum(['automatic', 'manual']) }).optional(),
  strategy: z
    .object({
      type: z.literal('matrix'),
      values: z.array(z.record(z.string(), json)).readonly().optional(),
      from_state: z.string().optional(),
    })
    .optional(),
  runtime: z.object({ type: z.string() }).optional(),
  env: texts,
  steps: z.array(stepSchema).readonly(),
});
/** A node of a workflow. */
export type WorkflowNode = Readonly<z.infer<typeof nodeSchema>>;

const paramSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  type: z.enum(['string', 'number', 'boolean', 'array', 'object']).default('string'),
  default: json.optional(),
  oneOf: z
    .array(z.object({ enum: z.array(z.string()).readonly().optional() }))
    .readonly()
    .optional(),
});
export type WorkflowParam = Readonly<z.infer<typeof paramSchema>>;

const named = z.array(z.object({ name: z.string() }).loose());

/** `workflow.yaml` of a package in the public format (codemod.com, workflow reference). Keys that are not known are let be. */
export const workflowSchema = z.object({
  version: z.coerce.string().optional(),
  params: z.object({ schema: z.record(z.string(), paramSchema).default({}) }).optional(),
  state: z.object({ schema: z.union([z.record(z.string(), z.unknown()), named]).optional() }).optional(),
  nodes: z.array(nodeSchema).min(1).readonly(),
});
export type Workflow = Readonly<z.infer<typeof workflowSchema>>;

const flow = z.object({ name: z.string(), path: z.string(), default: z.boolean().default(false) });

/** `codemod.yaml`, with our own fields under `godwit`. */
export const manifestSchema = z.object({
  name: z.string(),
  version: z.coerce.string().default('0.0.0'),
  description: z.string().default(''),
  workflow: z.string().optional(),
  workflows: z.array(flow).readonly().optional(),
  capabilities: z
    .array(z.string())
    .nullish()
    .transform((list) => list ?? []),
  targets: z.object({ languages: z.array(z.string()).readonly().default([]) }).nullish(),
  godwit: z
    .object({
      applies: z
        .array(z.object({ package: z.string(), from: z.string(), to: z.string() }))
        .readonly()
        .default([]),
      risk: z.enum(['low', 'medium', 'high']).default('high'),
    })
    .default({ applies: [], risk: 'high' }),
});
export type CodemodManifest = Readonly<z.infer<typeof manifestSchema>>;
