import type * as TypeScript from 'typescript';
import type { CodeUse } from '../code-use.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import { outOfCode, readSql } from '../texts/sql-text.ts';
import { useOfPlace } from '../texts/use-of-place.ts';
import { type Look, quoted } from './chain-names.ts';

/** In `users.id` the name of a table that changes, where it stands for the table itself. */
export async function tablePrefixes(node: TypeScript.Node, look: Look): Promise<readonly CodeUse[]> {
  const { tree, roles } = look;
  if (tree.changes.every((change) => 'column' in change)) return [];
  const pieces = literalPieces(node, tree.constants) ?? [];
  const text = pieces.map((piece) => (piece.kind === 'hole' ? '?' : piece.text)).join('');
  const last = pieces.at(-1);
  const [, name = '', after = ''] = /^((?:\w+\.)+(?:\w+|\*))(\s.*)?$/.exec(text) ?? [];
  if (name === '' || last === undefined || last.text.length <= after.length) return [];
  const tables = look.chain.tables.map(
    ({ name, alias }) => `${quoted(name)}${alias === undefined ? '' : ` AS ${quoted(alias)}`}`,
  );
  const plain = { ...last, text: last.text.slice(0, last.text.length - after.length), end: last.end - after.length };
  const around = [outOfCode('SELECT '), ...pieces.slice(0, -1), plain, outOfCode(` FROM ${tables.join(', ')}`)];
  const read = await readSql(around, tree.readNames);
  if ('message' in read) return [];
  return read.answer.places.flatMap((place): readonly CodeUse[] => {
    const change = tree.changes[place.change];
    const use = change === undefined || 'column' in change ? undefined : useOfPlace(place, read, roles.kind);
    return use === undefined ? [] : [use];
  });
}
