import type { RecipeParam } from '../recipe.ts';
import { dependencyGroups } from '../snapshot.ts';

/** What both recipes of a flag are told. */
export type Flag = {
  /** The package that moves, e.g. `express`. */
  readonly package: string;
  /** Name under which the new version stands beside it, e.g. `express-next`. */
  readonly alias: string;
  /** What package.json says for the alias, e.g. `npm:express@^5.2.1`. */
  readonly spec: string;
  /** The same for its types, where they are published apart; empty where not. */
  readonly typesSpec: string;
  /** Environment variable that chooses: `1` is the new version. */
  readonly variable: string;
};

export const flagParams: Readonly<Record<string, RecipeParam>> = {
  package: { summary: 'The package of which two versions stand side by side', default: '' },
  alias: { summary: 'Name of the new version (default: the package, and -next)', default: '' },
  spec: { summary: 'What package.json says for it, e.g. npm:express@^5', default: '' },
  'types-spec': { summary: 'The same for its types, where @types has them', default: '' },
  variable: {
    summary: 'Environment variable that chooses the new version with 1 (default: from the name)',
    default: '',
  },
};

/** Reads the parameters. Throws where there is no package. Pure. */
export function flagOf(params: Readonly<Record<string, string>>): Flag {
  const { package: name = '', alias = '', spec = '', variable = '' } = params;
  if (name === '') throw new Error('It has to be told which package: --param package=NAME.');
  return {
    package: name,
    alias: alias === '' ? `${name}-next` : alias,
    spec,
    typesSpec: params['types-spec'] ?? '',
    variable: variable === '' ? variableOf(name) : variable,
  };
}

/** Groups of a package.json whose packages are installed with it. */
export const installedGroups = dependencyGroups.filter((group) => group !== 'peerDependencies');

/** The package on DefinitelyTyped that has the types of another: `@scope/name` is `@types/scope__name`. Pure. */
export function typesNameOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function variableOf(name: string): string {
  return `${name
    .replace(/^@/, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')}_NEXT`;
}
