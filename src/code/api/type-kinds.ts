import ts from '../typescript.cts';

export function isReference(type: ts.Type): type is ts.TypeReference {
  return (objectFlagsOf(type) & ts.ObjectFlags.Reference) !== 0;
}

export function isTupleTarget(type: ts.GenericType): type is ts.TupleType & ts.GenericType {
  return (type.objectFlags & ts.ObjectFlags.Tuple) !== 0;
}

export function objectFlagsOf(type: ts.Type): ts.ObjectFlags {
  return 'objectFlags' in type && typeof type.objectFlags === 'number' ? type.objectFlags : 0;
}

export function isThisType(type: ts.Type): boolean {
  return 'isThisType' in type && type.isThisType === true;
}
