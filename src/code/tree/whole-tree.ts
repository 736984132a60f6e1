/** The object that a plan of an upgrade touches: one run at a time has the tree. */
export const wholeTree = 'working tree';
