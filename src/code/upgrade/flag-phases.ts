import type { Gate, Phase, Step } from '#core/plan';
import { recipeStep } from './hop-steps.ts';
import type { FlaggedHop } from './studied-hop.ts';
import type { Hop } from './upgrade-path.ts';

/** Old and new side by side, and the gate at which people say that the new one is in use everywhere. Pure. */
export function flagPhases(
  hop: Hop,
  { variable, begin }: FlaggedHop,
  { first, evidence }: { readonly first: readonly Step[]; readonly evidence: Gate['evidence'] },
): readonly Phase[] {
  const { name, from, to } = hop.lead;
  const id = `gate-${hop.id}-flag`;
  return [
    {
      id: `${hop.id}-flag`,
      kind: 'expand',
      title: `${name} ${from} and ${to} side by side`,
      steps: [...first, recipeStep(hop, begin)],
    },
    {
      id,
      kind: 'deploy',
      title: `${name} ${to} is in use`,
      gate: {
        id,
        needs: `Merge and deploy the branch. Set ${variable}=1 where ${name} ${to} is to be tried, and make the module that chooses bridge what differs. Go on when every instance runs with ${variable}=1.`,
        needsBack: '',
        evidence,
      },
      steps: [],
    },
  ];
}
