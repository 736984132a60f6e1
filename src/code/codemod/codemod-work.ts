import type * as z from 'zod';
import type { Finding } from '#core/finding';
import type { Stage } from '../engine/stage.ts';
import type { Grants, Metrics } from '../jssg/protocol.ts';
import type { RunProcess } from '../process/run-process.ts';
import type { CodemodPackage } from './codemod-package.ts';
import type { Lookup } from './expression.ts';
import type { Scratch } from './scratch.ts';

export type JsonValue = z.infer<ReturnType<typeof z.json>>;
export type JsonRecord = Readonly<Record<string, JsonValue>>;

/** How a package is run. */
export type CodemodOptions = {
  /** Absolute folder of the tree on disk. */
  readonly root: string;
  /** By name, as text; what is not given has the workflow's default. */
  readonly params: Readonly<Record<string, string>>;
  readonly grants: Grants;
  /** Gates that a person has opened, by id. */
  readonly confirmed: ReadonlySet<string>;
  /** Nodes that are left out, by id. */
  readonly skip: ReadonlySet<string>;
  /** Makes the copy for programs; without it none is run. */
  readonly openScratch: (() => Promise<Scratch>) | undefined;
  readonly runProcess: RunProcess;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: CodemodLimits;
  readonly signal: AbortSignal;
};

/** Bounds of a run. */
export type CodemodLimits = {
  /** For one file in a transform. */
  readonly fileMs: number;
  /** For one program. */
  readonly programMs: number;
  readonly memoryMb: number;
};

/** What a run carries from step to step. */
export type CodemodWork = {
  readonly stage: Stage;
  readonly options: CodemodOptions;
  readonly unresolved: Finding[];
  readonly faults: Finding[];
  readonly notes: string[];
  /** Opened with the first program that is run. */
  scratch: Scratch | undefined;
  /** How many packages are around this one. */
  readonly depth: number;
};

/** Where a step stands. */
export type StepPlace = {
  readonly pack: CodemodPackage;
  readonly node: string;
  readonly step: string;
  readonly params: JsonRecord;
  readonly state: Map<string, JsonValue>;
  readonly matrix: JsonRecord | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly lookup: Lookup;
};

/** A finding about a step, without place in a file. */
export function stepFinding(
  { pack, node, step }: Pick<StepPlace, 'pack' | 'node' | 'step'>,
  rule: 'recipe/failed' | 'recipe/refused',
  said: { readonly message: string; readonly cure: string },
): Finding {
  const severity = rule === 'recipe/failed' ? 'error' : 'warning';
  return { rule, severity, ...said, object: [pack.manifest.name, node, step].filter((part) => part !== '').join('/') };
}

/** Metrics as lines for people. */
export function metricLines(metrics: Metrics): readonly string[] {
  return Object.entries(metrics).flatMap(([name, entries]) =>
    entries.map(({ cardinality, count }) => {
      const labels = Object.entries(cardinality).map(([key, value]) => `${key}=${value}`);
      return `${[name, ...labels].join(' ')}: ${count}`;
    }),
  );
}
