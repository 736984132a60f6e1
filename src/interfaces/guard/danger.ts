/** Why a command is stopped, and what does the same safely. With `asks` a person may let it through. */
export type Danger = { readonly why: string; readonly instead: string; readonly asks?: true };

/** Something that goes past a plan. */
export type DangerousCall = Danger & {
  /** The program, without its folder; several where they are called alike. */
  readonly programs: readonly string[];
  /** True for words after the program's name that do the harm; undefined: all do. */
  readonly isMeant?: (rest: readonly string[]) => boolean;
};
