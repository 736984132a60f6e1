import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import type * as z from 'zod';
import { fail } from '#core/error';
import { type CodemodManifest, manifestSchema, type Workflow, workflowSchema } from './workflow.ts';

/** A package in the public format, read. */
export type CodemodPackage = {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: CodemodManifest;
  /** Of several workflows the one that was asked for, else the default, else the first. */
  readonly workflow: Workflow;
};

/**
 * Reads a folder with `codemod.yaml` and the workflow that it names. Throws `bad-input` where one is missing, is not YAML,
 * or is not of the form that the public format has.
 */
export async function readCodemodPackage(folder: string, workflowName?: string): Promise<CodemodPackage> {
  const manifest = await readYaml(join(folder, 'codemod.yaml'), manifestSchema);
  const path = workflowPath(folder, manifest, workflowName);
  return { folder, manifest, workflow: await readWorkflow(path) };
}

/** Reads a workflow. Throws `bad-input` where it is not of the public form, or its nodes wait for each other. */
export async function readWorkflow(path: string): Promise<Workflow> {
  const workflow = await readYaml(path, workflowSchema);
  checkOrder(path, workflow);
  return workflow;
}

/** True for a folder that holds a package in the public format. */
export async function isCodemodPackage(folder: string): Promise<boolean> {
  return stat(join(folder, 'codemod.yaml')).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** A path of the package, absolute. Throws `bad-input` where it leads out of the package. */
export function pathInPackage(folder: string, path: string, what: string): string {
  const full = resolve(folder, normalize(path));
  const inside = relative(folder, full);
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw fail('bad-input', {
      what: `${what} is ${path}.`,
      why: `That leads out of the package ${folder}.`,
      next: 'Use a package whose files are all below its folder.',
    });
  }
  return full;
}

function workflowPath(folder: string, { workflow, workflows }: CodemodManifest, name: string | undefined): string {
  const named = workflows?.find((one) => (name === undefined ? one.default : one.name === name)) ?? undefined;
  if (name !== undefined && named === undefined) {
    const known = workflows?.map((one) => one.name).join(', ') ?? 'none by name';
    throw fail('bad-input', {
      what: `There is no workflow ${name} in ${folder}.`,
      why: `Its codemod.yaml has ${known}.`,
      next: 'Name one of those, or none.',
    });
  }
  const path = named?.path ?? workflows?.[0]?.path ?? workflow ?? 'workflow.yaml';
  return pathInPackage(folder, path, 'The workflow in codemod.yaml');
}

async function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw unreadable(path, `The system says ${code}.`);
  }
  const document = yamlIn(path, text);
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`);
  throw unreadable(path, `${said.join('; ')}.`);
}

function yamlIn(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof Error) || !error.name.startsWith('YAML')) throw error;
    throw unreadable(path, `It is not YAML: ${error.message.split('\n')[0]}`);
  }
}

function unreadable(path: string, why: string): Error {
  return fail('bad-input', {
    what: `${path} cannot be used as part of a codemod package.`,
    why,
    next: 'See the public reference of codemod.yaml and workflow.yaml, or try another package.',
  });
}

/** Every node that is named is there, and none waits for itself. */
function checkOrder(path: string, { nodes }: Workflow): void {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const settled = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    if (settled.has(id)) return;
    if (trail.includes(id)) throw unreadable(path, `Nodes wait for each other: ${[...trail, id].join(' → ')}.`);
    const node = byId.get(id);
    if (node === undefined) throw unreadable(path, `The node ${trail.at(-1)} depends on ${id}, which is not there.`);
    for (const before of node.depends_on) visit(before, [...trail, id]);
    settled.add(id);
  };
  for (const { id } of nodes) visit(id, []);
}
