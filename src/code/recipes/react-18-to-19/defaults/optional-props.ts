import type { SgNode } from '@ast-grep/napi';
import { declarationOf } from '../../../engine/scope.ts';
import type { TextEdit } from '../../../recipe.ts';
import { insertAfter } from '../editing/style.ts';
import { type FunctionComponent, propsParameterOf } from '../reading/function-components.ts';

/**
 * Marks props as optional that had a default: `defaultProps` let callers leave them out, a parameter's default does so only
 * where the type says it. Types that the file does not declare are left alone.
 */
export function optionalProps(component: FunctionComponent, keys: readonly string[]): readonly TextEdit[] {
  return typesOf(component).flatMap((type) =>
    membersIn(type).flatMap((member) => {
      const name = member.field('name');
      const isNamed = name !== null && keys.includes(name.text().replaceAll(/^['"]|['"]$/g, ''));
      const isOptional = member.children().some((child) => child.kind() === '?');
      return isNamed && !isOptional ? [insertAfter(name, '?')] : [];
    }),
  );
}

const functionTypes = /(^|\.)(FC|FunctionComponent|VFC|VoidFunctionComponent|SFC)$/;

function typesOf({ fn, wrappers, type }: FunctionComponent): readonly SgNode[] {
  const declared = propsParameterOf(fn)?.type;
  if (declared !== undefined) return [declared];
  const isFunctionType = type?.kind() === 'generic_type' && functionTypes.test(type.child(0)?.text() ?? '');
  const ofName = isFunctionType ? type.field('type_arguments')?.namedChildren()[0] : undefined;
  if (ofName !== undefined) return [ofName];
  return wrappers.flatMap(({ call, name }) => {
    const types = call.field('type_arguments')?.namedChildren() ?? [];
    const props = types[name === 'forwardRef' ? 1 : 0];
    return props === undefined ? [] : [props];
  });
}

function membersIn(type: SgNode): readonly SgNode[] {
  const kind = String(type.kind());
  if (kind === 'object_type' || kind === 'interface_body')
    return type.namedChildren().filter((one) => one.kind() === 'property_signature');
  if (kind === 'intersection_type') return type.namedChildren().flatMap(membersIn);
  if (kind === 'parenthesized_type') return type.namedChildren().flatMap(membersIn);
  if (kind === 'generic_type') return wrappedIn(type);
  if (kind !== 'type_identifier') return [];
  const declaration = declarationOf(type)?.parent();
  const body = declaration?.field('body') ?? declaration?.field('value');
  const isOwn = declaration?.kind() === 'interface_declaration' || declaration?.kind() === 'type_alias_declaration';
  return isOwn && body != null ? membersIn(body) : [];
}

/** Through `React.PropsWithChildren<Props>` and `Readonly<Props>`. */
function wrappedIn(type: SgNode): readonly SgNode[] {
  const name = type.child(0)?.text() ?? '';
  const [first] = type.field('type_arguments')?.namedChildren() ?? [];
  return /(^|\.)(PropsWithChildren|Readonly)$/.test(name) && first !== undefined ? membersIn(first) : [];
}
