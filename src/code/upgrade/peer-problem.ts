import type { Facts } from './facts.ts';
import {
  type Addition,
  type Allow,
  additionVariable,
  type Goal,
  type SlotDemand,
  slotVariable,
} from './slot-variable.ts';
import type { Slot } from './slots.ts';
import type { Demand, Variable } from './variable.ts';

/** The choice of versions as a problem for `solve`. */
export type Problem = { readonly variables: readonly Variable[]; readonly additions: readonly Addition[] };

/**
 * One variable for each slot that has to do with the goals, be it through others, and one for each package that a candidate
 * wants beside it and that is not there. What has nothing to do with them stays. Pure, but that the facts remember.
 */
export function peerProblem(facts: Facts, goals: ReadonlyMap<string, Goal>, allow: Allow = 'sound'): Problem {
  const structure = facts.tree.slots.map(({ id }) => id).join(' ');
  const slots = facts.tree.slots.map((slot) => remembered(facts, slot, { goal: goals.get(slot.id), allow, structure }));
  const additions = new Map<string, Addition>();
  const added: Variable[] = [];
  collect(slots, additions);
  // An addition may want additions of its own; the map grows while it is gone through.
  for (const addition of additions.values()) {
    const variable = additionVariable(facts, addition);
    added.push(variable);
    collect([variable], additions);
  }
  const variables = concerned([...slots, ...added], [...goals.keys()]);
  return { variables: compressed(variables), additions: [...additions.values()] };
}

type Remembering = { readonly goal: Goal | undefined; readonly allow: Allow; readonly structure: string };

function remembered(facts: Facts, slot: Slot, { goal, allow, structure }: Remembering): Variable {
  if (goal !== undefined) return slotVariable(facts, slot, { goal, allow });
  const key = `${slot.id} ${slot.current} ${allow} ${structure}`;
  const variable = facts.variables.get(key) ?? slotVariable(facts, slot, { goal, allow });
  facts.variables.set(key, variable);
  return variable;
}

function collect(variables: readonly Variable[], additions: Map<string, Addition>): void {
  for (const { choices } of variables) {
    for (const { demands } of choices) {
      for (const demand of demands) {
        const addition = additionOf(demand);
        if (addition !== undefined && !additions.has(addition.id)) additions.set(addition.id, addition);
      }
    }
  }
}

function additionOf(demand: SlotDemand): Addition | undefined {
  return demand.addition;
}

/** The variables that are tied to the goals by demands, in their order. */
function concerned(variables: readonly Variable[], goals: readonly string[]): readonly Variable[] {
  const ties = new Map(variables.map(({ id }) => [id, new Set<string>()]));
  for (const { id, choices } of variables) {
    for (const on of new Set(choices.flatMap(({ demands }) => demands.map((demand) => demand.on)))) {
      ties.get(id)?.add(on);
      ties.get(on)?.add(id);
    }
  }
  const reached = new Set(goals);
  for (const id of reached) for (const next of ties.get(id) ?? []) reached.add(next);
  return variables.filter(({ id }) => reached.has(id));
}

/** Of choices that demand the same and that nobody tells apart, the cheapest alone is kept: the search is the smaller. */
function compressed(variables: readonly Variable[]): readonly Variable[] {
  const onto = new Map<string, Map<string, Demand>>();
  for (const { choices } of variables) {
    for (const { demands } of choices) {
      for (const demand of demands) {
        const known = onto.get(demand.on) ?? new Map<string, Demand>();
        onto.set(demand.on, known.set(demand.key, demand));
      }
    }
  }
  return variables.map(({ id, choices }) => {
    const tests = [...(onto.get(id)?.values() ?? [])];
    const seen = new Set<string>();
    const kept = choices.filter(({ value, isStay, demands }) => {
      const passed = tests.map(({ accepts }) => (accepts(value) ? '1' : '0')).join('');
      const own = demands.map(({ on, key }) => `${on} ${key}`).sort();
      const signature = `${isStay} ${passed} ${own.join(' & ')}`;
      if (seen.has(signature)) return false;
      seen.add(signature);
      return true;
    });
    return { id, choices: kept };
  });
}
