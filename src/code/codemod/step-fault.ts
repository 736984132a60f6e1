/** A step that could not be done as a whole: its node ends there, and what depends on the node is not run. */
export class StepFault extends Error {}
