import type { SgNode } from '@ast-grep/napi';
import { nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';

/** Where each name of a block is first bound by an import, a definition or an assignment of the block itself. */
export function definitionsIn(block: SgNode | null | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const statement of partsOf(block)) {
    for (const name of namesOf(statement)) if (!found.has(name)) found.set(name, startOf(statement));
  }
  return found;
}

function namesOf(statement: SgNode): readonly string[] {
  if (statement.is('decorated_definition'))
    return namesOf(statement.field('definition') ?? partsOf(statement)[0] ?? statement);
  if (statement.is('class_definition') || statement.is('function_definition'))
    return [statement.field('name')?.text() ?? ''];
  if (statement.is('import_from_statement') || statement.is('import_statement')) {
    return statement
      .fieldChildren('name')
      .map((name) => (name.field('alias') ?? name.field('name') ?? name).text().split('.')[0] ?? '');
  }
  const assignment = statement.is('expression_statement') ? partsOf(statement)[0] : undefined;
  return assignment?.is('assignment') === true ? targetsOf(assignment) : [];
}

function targetsOf(assignment: SgNode): readonly string[] {
  const right = assignment.field('right');
  const own = nameOf(assignment.field('left'));
  return [...(own === undefined ? [] : [own]), ...(right?.is('assignment') === true ? targetsOf(right) : [])];
}
