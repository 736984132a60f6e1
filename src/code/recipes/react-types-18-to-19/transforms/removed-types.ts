import type { SgNode } from '@ast-grep/napi';
import { type Binding, specifiersOf } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import { importEdits, importedAs, statementAround } from '../../react-18-to-19/editing/import-edits.ts';
import { type ExportUse, moduleBindingsOf } from '../../react-18-to-19/reading/export-uses.ts';
import { isReact } from '../../react-18-to-19/reading/names.ts';
import { prefixOf, typedFiles, typeUsesOf, wholeType } from '../type-uses.ts';

/** What a removed type is called now, or what it stood for, with the name that this needs. */
type Successor =
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'text';
      readonly needs: string | undefined;
      readonly isUnion: boolean;
      text(prefix: string, name: string): string;
    };

const named = (name: string): Successor => ({ kind: 'name', name });

const successors: ReadonlyMap<string, Successor> = new Map<string, Successor>([
  ['ReactType', named('ElementType')],
  ['SFC', named('FC')],
  ['VFC', named('FC')],
  ['StatelessComponent', named('FunctionComponent')],
  ['VoidFunctionComponent', named('FunctionComponent')],
  ['SFCElement', named('FunctionComponentElement')],
  ['LegacyRef', named('Ref')],
  ['ReactText', { kind: 'text', needs: undefined, isUnion: true, text: () => 'number | string' }],
  [
    'ReactChild',
    {
      kind: 'text',
      needs: 'ReactElement',
      isUnion: true,
      text: (prefix, name) => `${prefix}${name} | number | string`,
    },
  ],
  [
    'ReactNodeArray',
    { kind: 'text', needs: 'ReactNode', isUnion: false, text: (prefix, name) => `ReadonlyArray<${prefix}${name}>` },
  ],
  [
    'ReactFragment',
    { kind: 'text', needs: 'ReactNode', isUnion: false, text: (prefix, name) => `Iterable<${prefix}${name}>` },
  ],
]);

/** Types that are gone and have no successor, with what to do. */
const gone: ReadonlyMap<string, string> = new Map([
  ...[
    'Factory',
    'SFCFactory',
    'FunctionComponentFactory',
    'ComponentFactory',
    'CFactory',
    'ClassicFactory',
    'DOMFactory',
    'HTMLFactory',
    'DetailedHTMLFactory',
    'SVGFactory',
  ].map((name): [string, string] => [
    name,
    '`createFactory` is gone with its types; use JSX, or a function that calls `createElement`.',
  ]),
  ...['ReactHTML', 'ReactSVG', 'ReactDOM'].map((name): [string, string] => [
    name,
    'Use `React.JSX.IntrinsicElements`, `HTMLElementType` or `SVGElementType`.',
  ]),
  ['ChildContextProvider', 'Legacy context is gone; use `createContext`.'],
  ['Mixin', 'Mixins belong to `create-react-class`; declare the type there.'],
  ['ComponentSpec', 'It belongs to `create-react-class`; declare the type there.'],
  ['ReducerAction', 'Name the type of the action, or take it with `Parameters<typeof reducer>[1]`.'],
  ['ReducerStateWithoutAction', 'Name the type of the state, or take it with `ReturnType<typeof reducer>`.'],
  ['ReactPropTypes', 'Use the types of `prop-types`.'],
  ['ReactChildren', 'Use `typeof React.Children`.'],
]);

const keysOf: Readonly<Record<string, string>> = { ReactHTML: 'HTMLElementType', ReactSVG: 'SVGElementType' };

const evidence = 'React 19 Upgrade Guide, “Removed deprecated TypeScript types”';

/** Types that React 19 removed get the name, or the meaning, that they have now. */
export const removedTypes: FileTransform = {
  kind: 'file',
  id: 'removed-types',
  why: 'The types of React 19 no longer hold the names that were deprecated in 17 and 18.',
  files: typedFiles,
  mentions: [...successors.keys(), ...gone.keys()],
  transform(file) {
    const root = file.root();
    const bindings = moduleBindingsOf(root, isReact);
    const locals = localsFor(root, bindings);
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const use of typeUsesOf(root)) {
      const successor = successors.get(use.name);
      if (successor !== undefined) edits.push(...succeeded(use, successor, locals));
      else if (gone.has(use.name)) {
        const keyed = keyTypeOf(use);
        if (keyed === undefined) unresolved.push(leftOpen(use.node, use.name));
        else edits.push(keyed);
      }
    }
    const dropped = bindings.filter((binding) => locals.dropped.has(binding.node.id()));
    edits.push(...locals.edits, ...emptied(root, dropped));
    unresolved.push(...reexports(root));
    return { edits, unresolved };
  },
};

/** What successors are called in this file, and what becomes of the names that it imports. */
type Locals = {
  readonly names: ReadonlyMap<string, string>;
  readonly dropped: ReadonlySet<number>;
  readonly edits: readonly TextEdit[];
};

function localsFor(root: SgNode, bindings: readonly Binding[]): Locals {
  const names = new Map<string, string>();
  const dropped = new Set<number>();
  const edits: TextEdit[] = [];
  for (const binding of bindings) {
    const successor = successors.get(binding.imported);
    if (successor === undefined || binding.form !== 'import') continue;
    const isAlias = binding.local !== binding.imported;
    const target = successor.kind === 'name' ? successor.name : successor.needs;
    if (target === undefined) {
      dropped.add(binding.node.id());
      continue;
    }
    const specifierName = binding.node.parent()?.field('name');
    if (isAlias && successor.kind === 'name' && specifierName != null) {
      edits.push(replaceNode(specifierName, target));
      continue;
    }
    const there = importedAs(root, { module: 'react', imported: target, isType: true }) ?? names.get(target);
    names.set(target, there ?? target);
    if (there !== undefined) dropped.add(binding.node.id());
    else edits.push(...renamedSpecifier(binding, target, isAlias));
  }
  return { names, dropped, edits };
}

function renamedSpecifier(binding: Binding, target: string, isAlias: boolean): readonly TextEdit[] {
  const specifier = binding.node.parent();
  const name = specifier?.field('name');
  if (specifier == null || name == null) return [];
  if (!isAlias) return [replaceNode(binding.node, target)];
  const end = specifier.range().end.index;
  return [{ offset: name.range().start.index, length: end - name.range().start.index, text: target }];
}

function succeeded(use: ExportUse, successor: Successor, { names }: Locals): readonly TextEdit[] {
  const prefix = prefixOf(use);
  const isNamed = use.form === 'named';
  if (successor.kind === 'name') {
    const isAlias = use.binding !== undefined && isNamed && use.binding.local !== use.binding.imported;
    if (isAlias) return [];
    return [replaceNode(use.last, isNamed ? (names.get(successor.name) ?? successor.name) : successor.name)];
  }
  const needs = successor.needs ?? '';
  const text = successor.text(prefix, isNamed ? (names.get(needs) ?? needs) : needs);
  const { whole } = wholeType(use.node);
  return [replaceNode(whole, successor.isUnion && needsParentheses(whole) ? `(${text})` : text)];
}

function needsParentheses(node: SgNode): boolean {
  const kinds = [
    'array_type',
    'intersection_type',
    'lookup_type',
    'index_type_query',
    'readonly_type',
    'optional_type',
    'rest_type',
  ];
  return kinds.includes(String(node.parent()?.kind()));
}

/** `keyof React.ReactHTML` is a type of its own now. */
function keyTypeOf(use: ExportUse): TextEdit | undefined {
  const successor = keysOf[use.name];
  const parent = use.node.parent();
  if (successor === undefined || parent?.kind() !== 'index_type_query' || use.form === 'named') return undefined;
  return replaceNode(parent, `${prefixOf(use)}${successor}`);
}

/** An import that loses its last name goes, unless it alone makes the file a module. */
function emptied(root: SgNode, dropped: readonly Binding[]): readonly TextEdit[] {
  const [first] = dropped;
  if (first === undefined) return [];
  const others = root.namedChildren().filter((one) => /^(import|export)\b/.test(one.text()));
  const statement = statementAround(first);
  const isWhole = moduleBindingsOf(root, isReact).every((one) =>
    dropped.some(({ node }) => node.id() === one.node.id()),
  );
  if (others.length > 1 || !isWhole) return importEdits(root, { drop: dropped, add: [] });
  const start = statement.range().start.index;
  return [{ offset: start, length: first.specifier.range().start.index - start, text: 'import ' }];
}

function reexports(root: SgNode): readonly Unresolved[] {
  return specifiersOf(root, isReact).flatMap((specifier) => {
    const clause = specifier
      .parent()
      ?.namedChildren()
      .find((one) => one.kind() === 'export_clause');
    return (clause?.namedChildren() ?? []).flatMap((one) => {
      const name = one.field('name')?.text() ?? '';
      return successors.has(name) || gone.has(name) ? [leftOpen(one, name)] : [];
    });
  });
}

function leftOpen(node: SgNode, name: string): Unresolved {
  const successor = successors.get(name);
  const cure =
    successor?.kind === 'name'
      ? `Export \`${successor.name}\` under the old name, or rename it where it is imported.`
      : gone.get(name);
  return {
    ...spanOf(node),
    message: `The types of React 19 have no \`${name}\`.`,
    ...(cure === undefined ? {} : { cure }),
    symbol: name,
    evidence,
  };
}
