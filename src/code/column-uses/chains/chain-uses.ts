import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing } from '../code-use.ts';
import { followRows } from '../flows/row-uses.ts';
import { throughConstants } from '../flows/through-constants.ts';
import { camelCase } from '../name-match.ts';
import { callArguments } from './chain-arguments.ts';
import { fromText, inCode, type Look, placesOf, quoted, spelledFor } from './chain-names.ts';
import { givesAllByDefault, starOf, starText } from './derived-tables.ts';
import { rawUses } from './raw-parts.ts';

/** What a chain uses of the changes: names are resolved by a statement over the same tables. */
export async function chainUses(look: Look): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [...(await tableUses(look))];
  for (const call of look.chain.calls) uses.push(...(await callArguments(call, look)));
  return [...uses, ...(await rawUses(look)), ...(await allUses(look))];
}

async function tableUses({ chain, roles, tree }: Look): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  for (const { literal, name, through } of chain.tables.filter(({ isRaw }) => !isRaw)) {
    const answer = await tree.readNames(`SELECT 1 FROM ${quoted(spelledFor(name, roles))}`, new Set());
    for (const { change } of placesOf(answer)) {
      const to = newNameOf(tree.changes[change]);
      const start = literal.getStart() + 1 + (name.includes('.') ? name.indexOf('.') + 1 : 0);
      const end = literal.getStart() + 1 + name.length;
      const edits = to === undefined ? [] : [replacing(start, end, roles.isCamel ? camelCase(to) : to)];
      const base = { path: literal.getSourceFile().fileName, start, end, change, kind: roles.kind } as const;
      uses.push(throughConstants({ ...base, role: 'table', doubt: undefined, ...bothVersions(edits) }, through));
    }
  }
  return uses;
}

const everyColumn = 'It gives every column under its own name; who reads the row by that name is not known here.';

/** Rows with all columns, and where they are read by the old name. */
async function allUses(look: Look): Promise<readonly CodeUse[]> {
  const { chain, roles, file, tree } = look;
  const said = starOf(chain, roles);
  if (said === undefined && !givesAllByDefault(chain, roles)) return [];
  const answer = await tree.readNames(
    `SELECT ${said === undefined ? '*' : starText(said)} FROM ${fromText(look)}`,
    new Set(),
  );
  const passedOn = 'passedOn' in answer ? answer.passedOn : [];
  const shape = roles.shapeOf(chain);
  return passedOn.flatMap((change) => {
    const at = said?.call.expression ?? chain.calls[0]?.call;
    const name = at !== undefined && ts.isPropertyAccessExpression(at) ? at.name : at;
    const wanted = tree.changes[change];
    if (name === undefined || wanted === undefined || !('column' in wanted)) return [];
    const base = { path: file.path, start: name.getStart(), end: name.getEnd(), change, kind: roles.kind } as const;
    const whole: CodeUse = { ...base, role: 'all', doubt: everyColumn, first: [], final: [] };
    const names = { column: inCode(wanted.column, roles), to: 'to' in wanted ? inCode(wanted.to, roles) : undefined };
    return [whole, ...(shape === undefined ? [] : followRows(chain.sent, shape, { ...names, change, file }))];
  });
}
