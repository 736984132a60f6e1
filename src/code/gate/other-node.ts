import type { Finding } from '#core/finding';

/** Says that a gate which wants a Node of a range measures with the one in use, since this machine has no other. */
export function otherNode(range: string, inUse: string): Finding {
  return {
    rule: 'gate/other-node',
    severity: 'warning',
    message: `The gate measures with Node ${inUse}, because no Node ${range} was found on this machine.`,
    cure: 'Run godwit with that Node, or name one: `npm install --prefix FOLDER node@MAJOR` gives it, and `tree.node` in godwit.config takes FOLDER/node_modules/node/bin/node.',
    object: 'node',
  };
}
