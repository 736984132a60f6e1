import { fail } from '#core/error';
import type { RecipeGate, RecipeRun, SourceTree } from '../engine/recipe-run.ts';
import { stageOf } from '../engine/stage.ts';
import { unfitText } from '../engine/unfit-text.ts';
import { asksOf } from './asks.ts';
import type { CodemodPackage } from './codemod-package.ts';
import {
  type CodemodOptions,
  type CodemodWork,
  type JsonRecord,
  type JsonValue,
  type StepPlace,
  stepFinding,
} from './codemod-work.ts';
import { interpolate, isTrue, type Lookup } from './expression.ts';
import { nestedPackage, paramsFromArguments } from './nested-package.ts';
import { StepFault } from './step-fault.ts';
import { runJscodeshiftStep, runJsStep } from './step-js.ts';
import { runRuleStep } from './step-rules.ts';
import { runShellStep } from './step-run.ts';
import type { NestedStep, WorkflowNode, WorkflowStep } from './workflow.ts';
import { workflowParams } from './workflow-params.ts';

/**
 * Runs a package in the public format on a tree: its nodes in the order that they depend on each other, each with its steps
 * and, where it has a matrix, once for each of its values. Writes nothing: the answer says what is to become of each file.
 * A node that a person has to start is a gate; what depends on it waits. What godwit does not run (language models,
 * containers, skills, shards, templates) is named and left out. Throws `approval-required` where the package asks for more than was
 * granted, `bad-input` for a parameter that it does not have, and the signal's reason on abort.
 */
export async function runCodemod(pack: CodemodPackage, tree: SourceTree, options: CodemodOptions): Promise<RecipeRun> {
  const stage = stageOf(tree, unfitText);
  const work: CodemodWork = { stage, options, unresolved: [], faults: [], notes: [], scratch: undefined, depth: 0 };
  const gates = await runPackage(pack, options.params, work);
  return {
    changes: stage.changes(),
    unresolved: work.unresolved,
    faults: work.faults,
    passedOver: [...tree.passedOver, ...stage.passedOver()],
    looked: stage.looked(),
    gates,
    notes: work.notes,
  };
}

type Fate = 'done' | 'failed' | 'waiting' | 'left-out';

async function runPackage(
  pack: CodemodPackage,
  given: Readonly<Record<string, string>>,
  work: CodemodWork,
): Promise<readonly RecipeGate[]> {
  const { options } = work;
  refuseWhatIsNotGranted(pack, options);
  const params = workflowParams(pack, given);
  const state = new Map<string, JsonValue>();
  const fates = new Map<string, Fate>();
  const gates: RecipeGate[] = [];
  for (const node of inOrder(pack.workflow.nodes)) {
    options.signal.throwIfAborted();
    const before = node.depends_on.map((id) => fates.get(id));
    const isGate = node.type === 'manual' || node.trigger?.type === 'manual';
    if (options.skip.has(node.id)) fates.set(node.id, 'left-out');
    else if (before.includes('waiting')) fates.set(node.id, 'waiting');
    else if (before.includes('failed')) fates.set(node.id, 'failed');
    else if (isGate && !options.confirmed.has(node.id)) {
      fates.set(node.id, 'waiting');
      gates.push(gateOf(node, pack));
    } else fates.set(node.id, await runNode(node, { pack, params, state, work }));
  }
  return gates;
}

function refuseWhatIsNotGranted(pack: CodemodPackage, { grants, skip }: CodemodOptions): void {
  const missing = asksOf(pack, skip).filter(({ grant }) => !grants[grant]);
  if (missing.length === 0) return;
  const flags = [...new Set(missing.map(({ grant }) => `--allow-${grant}`))];
  throw fail('approval-required', {
    what: `${pack.manifest.name} asks for more than it was granted: ${[...new Set(missing.map(({ grant }) => grant))].join(', ')}.`,
    why: `${missing.map(({ by, grant }) => `${by} (${grant})`).join('; ')}.`,
    next: `Read what it does, then grant it with ${flags.join(' ')}, or leave a node out with --skip.`,
  });
}

function gateOf(node: WorkflowNode, { workflow }: CodemodPackage): RecipeGate {
  const holds = workflow.nodes.filter(({ depends_on }) => depends_on.includes(node.id)).map(({ id }) => id);
  return { id: node.id, name: node.name ?? node.id, description: node.description, holds };
}

/** As they are written, but none before what it depends on. The reader has refused circles. */
function inOrder(nodes: readonly WorkflowNode[]): readonly WorkflowNode[] {
  const ordered = new Set<WorkflowNode>();
  const visit = (node: WorkflowNode): void => {
    if (ordered.has(node)) return;
    for (const before of nodes.filter(({ id }) => node.depends_on.includes(id))) visit(before);
    ordered.add(node);
  };
  for (const node of nodes) visit(node);
  return [...ordered];
}

type Surroundings = {
  readonly pack: CodemodPackage;
  readonly params: JsonRecord;
  readonly state: Map<string, JsonValue>;
  readonly work: CodemodWork;
};

async function runNode(node: WorkflowNode, around: Surroundings): Promise<Fate> {
  const { pack, work } = around;
  const runtime = node.runtime?.type ?? 'direct';
  if (runtime !== 'direct') {
    const message = `The node ${node.id} of ${pack.manifest.name} runs in a container (${runtime}); godwit starts none.`;
    const cure = 'Run that part by hand.';
    work.unresolved.push(stepFinding({ pack, node: node.id, step: '' }, 'recipe/refused', { message, cure }));
    return 'failed';
  }
  for (const matrix of matrixOf(node, around.state)) {
    const isDone = await runSteps(node, matrix, around);
    if (!isDone) return 'failed';
  }
  return 'done';
}

function matrixOf(
  { strategy }: WorkflowNode,
  state: ReadonlyMap<string, JsonValue>,
): readonly (JsonRecord | undefined)[] {
  if (strategy === undefined) return [undefined];
  const listed = strategy.values ?? [];
  const found = strategy.from_state === undefined ? [] : state.get(strategy.from_state);
  const named = Array.isArray(found) ? found.map((value) => (isRecord(value) ? value : { value })) : [];
  return [...listed, ...named];
}

function isRecord(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function runSteps(node: WorkflowNode, matrix: JsonRecord | undefined, around: Surroundings): Promise<boolean> {
  const { pack, params, state, work } = around;
  const lookup = lookupOf({ params, state, matrix });
  for (const step of node.steps) {
    const filled = Object.fromEntries(
      Object.entries({ ...node.env, ...step.env }).map(([name, value]) => [name, interpolate(value, lookup)]),
    );
    const place = { pack, node: node.id, step: step.name, params, state, matrix, env: filled, lookup };
    try {
      if (step.if === undefined || isTrue(step.if, lookup)) await runStep(step, place, work);
    } catch (error) {
      if (!(error instanceof StepFault)) throw error;
      const message = `${step.name || node.id} failed: ${error.message}`;
      const cure = 'What depends on it was not run; what was done before it stands.';
      work.faults.push(stepFinding(place, 'recipe/failed', { message, cure }));
      return false;
    }
  }
  return true;
}

function lookupOf(values: {
  readonly params: JsonRecord;
  readonly state: ReadonlyMap<string, JsonValue>;
  readonly matrix: JsonRecord | undefined;
}): Lookup {
  return (name) => {
    const [kind = '', ...path] = name.split('.');
    const [first = '', ...rest] = path;
    const records: Readonly<Record<string, JsonValue | undefined>> = {
      params: values.params[first],
      state: values.state.get(first),
      matrix: values.matrix?.[first],
    };
    return rest.reduce<JsonValue | undefined>(inside, records[kind]);
  };
}

function inside(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return value !== undefined && isRecord(value) ? value[key] : undefined;
}

async function runStep(step: WorkflowStep, place: StepPlace, work: CodemodWork): Promise<void> {
  if (step['js-ast-grep'] !== undefined) return runJsStep(step['js-ast-grep'], place, work);
  if (step.jscodeshift !== undefined) return runJscodeshiftStep(step.jscodeshift, place, work);
  if (step['ast-grep'] !== undefined) return runRuleStep(step['ast-grep'], place, work);
  if (step.run !== undefined) return runShellStep(step.run, place, work);
  if (step.codemod !== undefined) return runNested(step.codemod, place, work);
  const { what, cure } = refusalOf(step);
  const message = `${place.step || place.node} of ${place.pack.manifest.name} ${what}.`;
  work.unresolved.push(stepFinding(place, 'recipe/refused', { message, cure }));
}

function refusalOf(step: WorkflowStep): { readonly what: string; readonly cure: string } {
  if (step.ai !== undefined) {
    const cure = `Do by hand, or with an assistant, what it asks for: ${step.ai.prompt.trim().slice(0, 600)}`;
    return { what: 'asks a language model to change the tree, which godwit does not do', cure };
  }
  if (step['install-skill'] !== undefined) {
    return {
      what: 'installs a skill for an assistant, which changes nothing of the tree',
      cure: 'Install it yourself where you want it.',
    };
  }
  if (step.shard !== undefined) {
    return {
      what: 'splits the work over pull requests, which godwit does not do',
      cure: 'Take the workflow without shards.',
    };
  }
  return { what: 'uses a template of steps, which godwit does not run', cure: 'Write the steps where they are used.' };
}

const depthMax = 8;

async function runNested(step: NestedStep, place: StepPlace, work: CodemodWork): Promise<void> {
  if (work.depth >= depthMax) throw new StepFault(`Packages within packages go deeper than ${depthMax}.`);
  if (step.working_dir !== undefined)
    throw new StepFault('It wants another working folder, which godwit does not take.');
  const inner = await nestedPackage(interpolate(step.source, place.lookup), place.pack.folder);
  const params = paramsFromArguments(step.args.map((text) => interpolate(text, place.lookup)));
  const gates = await runPackage(inner, params, { ...work, depth: work.depth + 1 });
  const [gate] = gates;
  if (gate !== undefined)
    throw new StepFault(`${inner.manifest.name} waits for a person at ${gate.id}; run it on its own.`);
}
