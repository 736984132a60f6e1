import type { Sandbox } from '../sandbox.ts';

/** Nothing is kept apart: for machines without the means, and for programs that only read what they were checked to name. */
export const none: Sandbox = {
  id: 'none',
  says: 'NOT in a sandbox, since this machine has neither bubblewrap nor unshare that work: only programs that read files are run, with an empty environment; limits of time, memory and size hold.',
  isApart: false,
  words: ({ script }) => ['sh', '-c', script],
};
