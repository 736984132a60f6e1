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
  /** Going back over a gate without a revert command needs a word that the application is back at its old version. */
  readonly confirmsReturn: boolean;
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
      return { rehearsal: 'required', backup: 'required', approval: 'required', confirmsReturn: true };
    case 'staging':
      return { rehearsal: 'advised', backup: 'advised', approval: 'free', confirmsReturn: false };
    case 'development':
      return { rehearsal: 'free', backup: 'free', approval: 'free', confirmsReturn: false };
  }
}
