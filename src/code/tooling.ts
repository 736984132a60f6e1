import type { ToolingRole } from './snapshot.ts';

/** Packages by which a role in a project is known. One file of data on the shelf `toolings/` for each role. */
export interface Tooling {
  readonly id: string;
  readonly role: ToolingRole;
  /** Package by the name that people say; where a package stands for several, the most telling one. */
  readonly packages: Readonly<Record<string, string>>;
}
