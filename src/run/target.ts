export const targetClasses = ['development', 'staging', 'production'] as const;
export type TargetClass = (typeof targetClasses)[number];

/** Where a plan is applied: its name in the configuration, and how careful to be there. */
export type Target = {
  readonly name: string;
  readonly class: TargetClass;
  /** Why it is of that class, where nobody has said so. */
  readonly classReason?: string;
};

export type Demand = 'required' | 'advised' | 'free';

/** What a class of target asks for before a plan may touch it. */
export type Policy = {
  readonly rehearsal: Demand;
  readonly backup: Demand;
  readonly approval: Demand;
  /**
   * A word that the application is back at its old version, before a rollback goes over a gate without a revert command.
   * Where it is advised, whoever can be asked is asked, and a rollback that nobody is there to answer for warns and goes on.
   */
  readonly returnWord: Demand;
};

/** `The production target live`, with the reason for its class where nobody has said it. */
export function describeTarget({ name, class: targetClass, classReason }: Target): string {
  const reason = classReason === undefined ? '' : ` (${targetClass}, because ${classReason})`;
  return `The ${targetClass} target ${name}${reason}`;
}

/** The policy of a class: production wants everything, staging warns, development is free. */
export function policyOf(targetClass: TargetClass): Policy {
  switch (targetClass) {
    case 'production':
      return { rehearsal: 'required', backup: 'required', approval: 'required', returnWord: 'required' };
    case 'staging':
      return { rehearsal: 'advised', backup: 'advised', approval: 'free', returnWord: 'advised' };
    case 'development':
      return { rehearsal: 'free', backup: 'free', approval: 'free', returnWord: 'advised' };
  }
}
