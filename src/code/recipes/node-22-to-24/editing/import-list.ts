import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import type { TextEdit } from '../../../recipe.ts';

/** What is to become of the names that one statement binds to a module. */
export type ListChange = {
  /** All that it binds. */
  readonly bindings: readonly Binding[];
  /** Ids of the nodes of bindings that go. */
  readonly dropped: ReadonlySet<number>;
  /** Specifiers that come, as text, by the id of the binding in whose place, or before which, they stand. */
  readonly added: ReadonlyMap<number, readonly string[]>;
  /** A statement that takes the place of the whole, where nothing of it stays. */
  readonly instead: string | undefined;
};

/** The edits of one statement that binds names of a module: in the style that it has. */
export function importListEdits(statement: SgNode, change: ListChange): readonly TextEdit[] {
  const { bindings, dropped, added, instead } = change;
  const isGone = bindings.every(({ node }) => dropped.has(node.id())) && added.size === 0;
  if (isGone) return [withoutStatement(statement, instead)];
  const items = bindings.map(({ node }) => ({ id: node.id(), item: itemOf(node) }));
  const named = items.filter(({ item }) => isListed(item));
  const edits: TextEdit[] = named.flatMap(({ id, item }) => {
    const names = added.get(id);
    if (names === undefined) return [];
    return [
      dropped.has(id)
        ? replaceNode(item, names.join(', '))
        : { offset: spanOf(item).offset, length: 0, text: `${names.join(', ')}, ` },
    ];
  });
  edits.push(...items.flatMap(({ id, item }) => loneRenamed(statement, item, added.get(id))));
  const isLeaving = (id: number): boolean => dropped.has(id) && !added.has(id);
  const lone = items.find(({ id, item }) => !isListed(item) && isLeaving(id));
  if (lone !== undefined) edits.push(withoutLone(lone.item, named[0]?.item));
  return [...edits, ...withoutItems(named.map(({ id, item }) => ({ item, leaves: isLeaving(id) })))];
}

/** The part of a list that binds a name. */
function itemOf(name: SgNode): SgNode {
  let node = name;
  for (let parent = node.parent(); parent !== null; parent = node.parent()) {
    const kind = String(parent.kind());
    if (
      ![
        'import_specifier',
        'pair_pattern',
        'object_assignment_pattern',
        'assignment_pattern',
        'namespace_import',
      ].includes(kind)
    )
      break;
    node = parent;
  }
  return node;
}

function isListed(item: SgNode): boolean {
  const kind = item.parent()?.kind();
  return kind === 'named_imports' || kind === 'object_pattern';
}

/** A default or namespace import beside what stays. */
function withoutLone(item: SgNode, named: SgNode | undefined): TextEdit {
  const { offset } = spanOf(item);
  const next = named?.parent();
  const end = next == null ? offset + spanOf(item).length : spanOf(next).offset;
  return { offset, length: end - offset, text: '' };
}

/** `const A = require('m').A` for another export; names that come beside others have no place there. */
function loneRenamed(statement: SgNode, item: SgNode, names: readonly string[] | undefined): readonly TextEdit[] {
  const property = statement.field('value')?.field('property');
  const [specifier, ...more] = names ?? [];
  if (property == null || specifier === undefined || more.length > 0 || isListed(item)) return [];
  const [member = '', local = member] = specifier.split(': ');
  return [replaceNode(item, local), replaceNode(property, member)];
}

/** Items of a list that leave, each with the comma that it needs; the braces too where all of them do. */
function withoutItems(items: readonly { readonly item: SgNode; readonly leaves: boolean }[]): readonly TextEdit[] {
  const kept = items.filter(({ leaves }) => !leaves);
  const list = items[0]?.item.parent();
  if (kept.length === 0 && list != null) {
    const before = list.prev()?.prev();
    if (before == null) return [];
    const start = spanOf(before).offset + spanOf(before).length;
    const end = spanOf(list).offset + spanOf(list).length;
    return [{ offset: start, length: end - start, text: '' }];
  }
  return items.flatMap(({ item, leaves }, at) => {
    if (!leaves) return [];
    const { offset, length } = spanOf(item);
    const next = items[at + 1];
    if (items.slice(at + 1).some((one) => !one.leaves) && next !== undefined) {
      return [{ offset, length: spanOf(next.item).offset - offset, text: '' }];
    }
    const before = items[at - 1]?.item;
    const start = before === undefined ? offset : spanOf(before).offset + spanOf(before).length;
    return [{ offset: start, length: offset + length - start, text: '' }];
  });
}

/** A whole statement with the end of its line, or another in its place; one of several declarators with its comma. */
export function withoutStatement(statement: SgNode, instead?: string): TextEdit {
  const declaration = statement.is('variable_declarator') ? statement.parent() : statement;
  const whole = declaration ?? statement;
  const declarators = whole.children().filter((child) => child.is('variable_declarator'));
  if (declarators.length > 1) {
    const at = declarators.findIndex((one) => one.id() === statement.id());
    const { offset, length } = spanOf(statement);
    const next = declarators[at + 1];
    const before = declarators[at - 1];
    if (next !== undefined) return { offset, length: spanOf(next).offset - offset, text: '' };
    const start = before === undefined ? offset : spanOf(before).offset + spanOf(before).length;
    return { offset: start, length: offset + length - start, text: '' };
  }
  if (instead !== undefined) return replaceNode(whole, instead);
  const { offset, length } = spanOf(whole);
  const text = whole.getRoot().root().text();
  const end = /^[ \t]*;?[ \t]*\r?\n?/.exec(text.slice(offset + length))?.[0].length ?? 0;
  return { offset, length: length + end, text: '' };
}
