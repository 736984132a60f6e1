import type { AlterTableCmd, Node } from 'libpg-query';
import type { Effects } from './effects/effects.ts';

/** A statement, or one command of an ALTER TABLE, with what the server does for it. */
export type Unit = {
  /** Name of the node, `IndexStmt`, or of the command, `AT_AddColumn`. */
  readonly kind: string;
  /** The whole statement. */
  readonly node: Node;
  /** Of an ALTER TABLE. */
  readonly command: AlterTableCmd | undefined;
  /** Which command of several it is, from 0; undefined for a statement of one piece. */
  readonly piece: number | undefined;
  readonly statement: LintStatement;
  readonly effects: Effects;
};

/** A statement and its place in the text of its file, in UTF-16 code units. */
export type LintStatement = {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
  /** Counts the transactions of a file: statements of the same number commit together. */
  readonly transaction: number;
  /** True within BEGIN … COMMIT as written, or where the tool that runs the file is known to open one. */
  readonly isInTransaction: boolean;
  /** True where the tool that runs the file has opened the transaction. */
  readonly isManaged: boolean;
  /** True where no other statement of its text commits with it. */
  readonly isAlone: boolean;
  /** Index of a byte of the parsed text, for the locations that nodes carry. */
  readonly indexAtByte: (byte: number) => number;
  /** Body of a function or DO block that it stands in. */
  readonly within: 'do' | 'function' | undefined;
  /** In a loop of such a body, which may run any number of times and commits nothing meanwhile. */
  readonly isLooped?: boolean;
};
