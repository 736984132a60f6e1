/** Thrown where a recipe cannot be carried through in a tree at all; its message says why, and what to do first. */
export class UnfitTree extends Error {}
