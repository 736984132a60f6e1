import type { Step } from '#core/plan';

/** The last step of a plan for a working tree: what people edited on the branch for something becomes a commit. */
export function handEditsStep(id: string, something: string): Step {
  return {
    id,
    title: `Commit what was edited by hand for ${something}`,
    action: { kind: 'code/hand-edits', message: `Edit by hand for ${something}` },
    rollback: { kind: 'code/undo', reinstall: false },
    verify: { kind: 'code/committed' },
    hazards: [],
  };
}
