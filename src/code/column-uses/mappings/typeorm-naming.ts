import type { UseFile } from '../code-use.ts';
import { snakeCase } from '../name-match.ts';

export type Naming = {
  readonly isSnake: boolean;
  /** Prefixes of the classes in which a column is embedded, the outermost first. */
  readonly prefixes?: readonly string[];
};

/** Does the tree tell TypeORM to name columns as `first_name`? */
export function namesSnake(files: readonly UseFile[]): boolean {
  return files.some(({ text }) => /\bSnake(Case)?NamingStrategy\b/.test(text));
}

/** The name of a column as `columnName` of TypeORM's DefaultNamingStrategy makes it, or that of typeorm-naming-strategies. */
export function nameFor(
  { property, said }: { readonly property: string; readonly said: string | undefined },
  { isSnake, prefixes = [] }: Naming,
): string {
  if (isSnake) return `${snakeCase([...prefixes, ''].join('_'))}${said ?? snakeCase(property)}`;
  const name = said ?? property;
  if (prefixes.length === 0) return name;
  const title = name.replace(/\w\S*/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
  return `${joinedWords(prefixes.join('_'))}${title}`;
}

/** The column of a relation, or of a table of relations, as `joinColumnName` and `joinTableColumnName` make it. */
export function joinedName(first: string, second: string, { isSnake }: Naming): string {
  return isSnake ? snakeCase(`${first}_${second}`) : joinedWords(`${first}_${second}`);
}

/** The table of a relation between many, as `joinTableName` makes it. */
export function junctionName(first: string, property: string, second: string): string {
  return snakeCase(`${first}_${property.replaceAll('.', '_')}_${second}`);
}

/** As `camelCase` of TypeORM. */
function joinedWords(text: string): string {
  return text.replace(
    /^([A-Z])|[\s_-](\w)/g,
    (_, first: string | undefined, next = '') => first?.toLowerCase() ?? next.toUpperCase(),
  );
}
