import { fail } from '#core/error';
import type { Executor } from '#core/executor';
import type { Finding } from '#core/finding';
import { gateSchema } from '../action.ts';
import type { TreeWorld } from '../execution.ts';
import { compareGate } from '../gate/compare-gate.ts';
import { movedMeasurement } from '../gate/moved-measurement.ts';
import { otherNode } from '../gate/other-node.ts';
import { notRun, otherPython } from '../gate/other-python.ts';
import type { NodeProgram } from '../process/node-program.ts';
import { withoutTraces } from '../repository/traces.ts';
import { expectBranch, readBaseline, runFolder } from '../repository/tree-run.ts';

/** The gate: the tree as it is now against the baseline of the run. */
export function gate(world: TreeWorld): Executor {
  const { repository } = world;
  return {
    kind: 'code/gate',
    execute: async (action, context) => {
      const { node: range, moved = [], anys = [], python } = gateSchema.parse(action);
      await expectBranch(world, context.runId);
      const baseline = await readBaseline(runFolder(repository, context.runId));
      if (baseline === undefined) throw noBaseline();
      const there = movedMeasurement(baseline, moved);
      const before = { ...there, escapes: [...there.escapes, ...anys] };
      const node = range === undefined ? undefined : await world.nodeFor(range, context.signal);
      const { value, detail } = await withoutTraces(world, context, () =>
        world.measure({ before, progress: context.progress, node, python }, context.signal),
      );
      const program = python === undefined ? undefined : await world.pythonFor(python, context.signal, 'gate');
      const other = [
        ...(range !== undefined && node === undefined ? [otherNode(range, process.versions.node)] : []),
        ...(program === undefined || python === undefined ? [] : otherPython(python, program)),
        ...value.unknown.filter(() => python !== undefined).map(notRun),
      ];
      const compared = compareGate(before, value);
      const first = compared.findings.filter(({ severity }) => severity === 'error').slice(0, 8);
      const places = first.map(
        ({ file, line, message }) => `${file === undefined ? '' : `${file}:${line ?? 1} `}${message}`,
      );
      return {
        ok: compared.ok,
        detail: `${compared.detail}${withWhich(node, other)}${program === undefined ? '' : `; with Python ${program.version}`}${detail}${places.length === 0 ? '' : `: ${places.join(' | ')}`}`,
        findings: [...other, ...compared.findings],
      };
    },
  };
}

function withWhich(node: NodeProgram | undefined, other: readonly Finding[]): string {
  if (node !== undefined) return `; with Node ${node.version}`;
  return other.map(({ message }) => `; ${message}`).join('');
}

function noBaseline() {
  return fail('wrong-state', {
    what: 'The gate cannot be measured.',
    why: 'The baseline of this run is not in the git directory any more, so that there is nothing to compare with.',
    next: 'Take the run back with `godwit rollback`, and apply the plan again.',
  });
}
