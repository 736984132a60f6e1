import * as z from 'zod';
import type { Metrics } from './protocol.ts';

type Json = z.infer<ReturnType<typeof z.json>>;
type Exports = Readonly<Record<string, unknown>>;

/** `codemod:workflow`: a state that all files of a step share, and that later steps see. */
export type WorkflowModule = {
  readonly exports: Exports;
  /** What is to be seen by later steps. */
  state(): Readonly<Record<string, Json>>;
};

const json = z.json();

/** Makes the module over the state that earlier steps left. One process runs a step, file after file: locks are free. */
export function workflowModule(before: Readonly<Record<string, Json>>): WorkflowModule {
  const values = new Map<string, unknown>(Object.entries(before));
  const passing = new Set<string>();
  const outputs = new Map<string, string>();
  const key = (step: unknown, name: unknown): string => `${String(step)}\u0000${String(name)}`;
  const own = {
    setState(name: unknown, value: unknown, persist: unknown = true) {
      values.set(String(name), value);
      if (persist === false) passing.add(String(name));
      else passing.delete(String(name));
    },
    getState: (name: unknown) => values.get(String(name)),
    unsetState: (name: unknown) => void values.delete(String(name)),
    acquireLock: () => () => undefined,
    setStepOutput: (name: unknown, value: unknown) => void outputs.set(key('', name), String(value)),
    getStepOutput: (step: unknown, name: unknown) => outputs.get(key(step, name)) ?? outputs.get(key('', name)) ?? null,
    getOrSetStepOutput(step: unknown, name: unknown, otherwise: unknown) {
      const known = outputs.get(key(step, name)) ?? outputs.get(key('', name));
      if (known !== undefined) return known;
      outputs.set(key(step, name), String(otherwise));
      return String(otherwise);
    },
  };
  return {
    exports: { ...own, default: own },
    state() {
      const kept = [...values].flatMap(([name, value]): readonly (readonly [string, Json])[] => {
        const parsed = json.safeParse(value);
        return passing.has(name) || !parsed.success ? [] : [[name, parsed.data]];
      });
      return Object.fromEntries(kept);
    },
  };
}

/** `codemod:metrics`: counters that a transform names. */
export type MetricsModule = { readonly exports: Exports; metrics(): Metrics };

type Entry = { readonly cardinality: Readonly<Record<string, string>>; count: number };

/** Makes the module; counts go on from file to file. */
export function metricsModule(): MetricsModule {
  const atoms = new Map<string, Map<string, Entry>>();
  const entriesOf = (name: string): readonly Entry[] => [...(atoms.get(name)?.values() ?? [])];
  const increment = (name: string, given: unknown, amount: number): void => {
    const cardinality = cardinalityOf(given);
    const entries = atoms.get(name) ?? new Map<string, Entry>();
    atoms.set(name, entries);
    const id = JSON.stringify(cardinality);
    const entry = entries.get(id) ?? { cardinality, count: 0 };
    entry.count += amount;
    entries.set(id, entry);
  };
  const useMetricAtom = (name: unknown) => ({
    name: String(name),
    increment: (cardinality?: unknown, amount: unknown = 1) => increment(String(name), cardinality, Number(amount)),
    getEntries: () => entriesOf(String(name)),
  });
  const own = { useMetricAtom, MetricAtom: Object };
  return {
    exports: { ...own, default: own },
    metrics: () => Object.fromEntries([...atoms.keys()].map((name) => [name, [...entriesOf(name)]])),
  };
}

function cardinalityOf(given: unknown): Readonly<Record<string, string>> {
  if (typeof given !== 'object' || given === null) return {};
  const kept = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]).sort());
}

/** Thrown by `failStep`: the transform says that the whole step has failed. */
export class StepFailed extends Error {}

/** `codemod:runtime`: what a transform tells while it runs. Warnings are kept for the answer. */
export function runtimeModule(warn: (message: string) => void): Exports {
  const own = {
    progress: () => undefined,
    warn: (message: unknown) => warn(String(message)),
    setCurrentUnit: () => undefined,
    failFile(message: unknown) {
      throw new Error(String(message));
    },
    failStep(message: unknown) {
      throw new StepFailed(String(message));
    },
    isCanceled: () => false,
  };
  return { ...own, default: own };
}
