import { fail } from '#core/error';
import type { Edit, StatedEdit } from '../../../edit.ts';
import { checkCount, checkLength } from '../../../intent-limits.ts';
import { checkTransformation } from './directive.ts';
import { type PlacedDirective, parse, type Statement } from './parse.ts';
import { readAlterTable } from './read-alter-table.ts';
import { readCreateTable } from './read-create-table.ts';
import { readDrop, readRename } from './read-drop-rename.ts';
import { readCreateIndex } from './read-index.ts';
import { readDelete, readInsert, readUpdate } from './read-rows.ts';
import { type ReadEdit, type Reader, type ReadOptions, readingOf, refused, wordsOf } from './reading.ts';
import { loadParser } from './syntax-tree.ts';
import { kindOf } from './walk.ts';

/** One reader for each kind of statement; what is not here is refused by name. */
const readers: Readonly<Record<string, Reader>> = {
  AlterTableStmt: readAlterTable,
  RenameStmt: readRename,
  IndexStmt: readCreateIndex,
  CreateStmt: readCreateTable,
  DropStmt: readDrop,
  UpdateStmt: readUpdate,
  DeleteStmt: readDelete,
  InsertStmt: readInsert,
  TransactionStmt: readTransaction,
};

/**
 * Reads an intent in SQL: what it asks for, in order. BEGIN and COMMIT are taken and mean nothing, since a plan has
 * transactions of its own. Throws `sql-syntax` with line and caret, `not-built` by the statement's name, `bad-input`, also
 * for more than a plan takes.
 */
export async function readIntent(text: string, options: ReadOptions): Promise<readonly StatedEdit[]> {
  checkLength(text);
  await loadParser();
  const taken = new Set<string>();
  const statements = parse(text);
  checkCount(statements.length);
  const stated = statements.flatMap((statement) => readStatement(statement, options, taken));
  checkCount(stated.length);
  if (stated.length === 0) {
    throw fail('bad-input', {
      what: 'The intent holds no change.',
      why: statements.length === 0 ? 'There is no statement in it.' : 'BEGIN and COMMIT alone change nothing.',
      next: 'Write the change as SQL, such as ALTER TABLE users RENAME COLUMN name TO full_name.',
    });
  }
  return withOptions(stated, options);
}

function readStatement(statement: Statement, options: ReadOptions, taken: Set<string>): readonly StatedEdit[] {
  const read = readers[kindOf(statement.node)];
  if (read === undefined) {
    throw refused(statement, {
      what: wordsOf(statement),
      why: 'There is no online way for this statement in godwit yet, and nothing is passed through.',
      next: 'Leave it out of this intent, and run it by itself if its lock is short.',
    });
  }
  const edits = read(statement.node, readingOf(statement, options, taken));
  const owners = statement.directives.map((directive) => ({ directive, owner: ownerOf(directive, edits, statement) }));
  return edits.map((read) => {
    const said = owners.filter(({ owner }) => owner === read).map(({ directive }) => directive);
    const line = read.piece === undefined ? statement.line : (statement.pieces[read.piece]?.line ?? statement.line);
    return { edit: read.edit, text: statement.text, line, up: only('up', said), down: only('down', said) };
  });
}

function readTransaction(...[node, { statement }]: Parameters<Reader>): readonly ReadEdit[] {
  const kind = 'TransactionStmt' in node ? (node.TransactionStmt.kind ?? '') : '';
  if (['TRANS_STMT_BEGIN', 'TRANS_STMT_START', 'TRANS_STMT_COMMIT'].includes(kind)) return [];
  throw refused(statement, {
    what: wordsOf(statement),
    why: 'A plan has transactions of its own, and is taken back with godwit rollback.',
    next: 'Leave it out; BEGIN and COMMIT may stay.',
  });
}

/** Edits whose values a transformation can make. */
const takers: readonly Edit['kind'][] = ['add-column', 'drop-column', 'rename-column', 'change-type', 'set-not-null'];

/** The edit that a comment means: the one of its command, or the only one of the statement that has values to make. */
function ownerOf(directive: PlacedDirective, edits: readonly ReadEdit[], statement: Statement): ReadEdit {
  const hasPieces = edits.some(({ piece }) => piece !== undefined);
  const near = edits.filter(({ piece }) => !hasPieces || directive.piece === undefined || piece === directive.piece);
  const [owner, ...others] = near.filter(({ edit }) => takers.includes(edit.kind));
  if (owner !== undefined && others.length === 0) return owner;
  throw fail('bad-input', {
    what: `The godwit comment of line ${directive.line} fits ${owner === undefined ? 'no change' : `${others.length + 1} changes`} of the statement on line ${statement.line}.`,
    why: 'It says how values are made for one column that is added, dropped, renamed, changed in type or set NOT NULL.',
    next:
      owner === undefined
        ? 'Leave it away, or put it at the statement that it is about.'
        : 'Put it at the end of the line of its command, and each command on a line of its own.',
  });
}

function only(word: 'up' | 'down', directives: readonly PlacedDirective[]): string | undefined {
  const said = directives.filter((directive) => directive[word] !== undefined);
  if (said.length < 2) return said[0]?.[word];
  throw fail('bad-input', {
    what: `"${word}" is said ${said.length} times for one change, on lines ${said.map(({ line }) => line).join(' and ')}.`,
    why: 'One of them would be ignored.',
    next: 'Leave one.',
  });
}

/** `--up` and `--down` belong to the only edit that takes them. */
function withOptions(stated: readonly StatedEdit[], options: ReadOptions): readonly StatedEdit[] {
  if (options.up === undefined && options.down === undefined) return stated;
  const [owner, ...others] = stated.filter(({ edit }) => takers.includes(edit.kind));
  if (owner === undefined || others.length > 0) {
    throw fail('bad-input', {
      what: `--up and --down fit ${owner === undefined ? 'no change' : `${others.length + 1} changes`} of the intent.`,
      why: 'They say how values are made for one column that is added, dropped, renamed, changed in type or set NOT NULL.',
      next: 'Write -- godwit: up <expression> down <expression> on the line before the statement that is meant.',
    });
  }
  const up = chosen('up', owner, options);
  const down = chosen('down', owner, options);
  return stated.map((edit) => (edit === owner ? { ...edit, up, down } : edit));
}

function chosen(word: 'up' | 'down', owner: StatedEdit, options: ReadOptions): string | undefined {
  const option = options[word];
  if (option === undefined) return owner[word];
  if (owner[word] === undefined) return checkTransformation(word, option, `The expression of --${word}`);
  throw fail('bad-input', {
    what: `--${word} and a godwit comment both say how values are made.`,
    why: 'One of them would be ignored.',
    next: 'Leave one.',
  });
}
