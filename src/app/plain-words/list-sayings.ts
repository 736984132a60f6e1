import { sayings } from '../sayings/index.ts';

/** A saying as data. */
type Listed = {
  name: string;
  summary: string;
  forms: string[];
  examples: { says: string; command: string }[];
};

/** All that can be said in plain words, in the order in which it is tried. Pure. */
export function listSayings(): Listed[] {
  return sayings.map(({ name, summary, forms, examples }) => ({
    name,
    summary,
    forms: [...forms],
    examples: examples.map(({ says, command }) => ({ says, command })),
  }));
}
