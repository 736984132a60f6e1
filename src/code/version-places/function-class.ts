import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** The Node of functions in code that describes them. */
export const functionClass: VersionPlace = {
  id: 'function-class',
  reads: 'AWS CDK',
  example: { path: 'lib/api-stack.ts', text: 'new Function(this, "f", { runtime: lambda.Runtime.NODEJS_⟦18⟧_X });\n' },
  stays: 'only a newer release of aws-cdk-lib may have this name',
  isIn: mayDescribeStack,
  find: (text) => findAll(text, /\bRuntime\.NODEJS_(\d{1,2})_X\b/dg),
};

/** True for code that may describe what runs in a cloud, by the names that such code has. Pure. */
export function mayDescribeStack(path: string): boolean {
  return (
    /(stack|construct|infra|cdk)[\w.-]*\.[cm]?[jt]s$/i.test(baseName(path)) ||
    /(^|\/)(cdk|infra|infrastructure)\/.+\.[cm]?[jt]s$/.test(path) ||
    /^(lib|bin)\/[^/]+\.ts$/.test(path)
  );
}
