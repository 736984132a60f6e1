import { isCommandPlace } from '../command-files.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

/** The Node of functions by the name that AWS gives it, wherever it is given. */
export const functionRuntime: VersionPlace = {
  id: 'function-runtime',
  reads: 'AWS Lambda, by SAM, CloudFormation, Terraform, Serverless and actions',
  example: {
    path: '.github/workflows/deploy.yml',
    text: 'steps:\n  - uses: some/action@v1\n    with: { runtime: nodejs⟦18.x⟧ }\n  - run: aws lambda update-function-configuration --runtime nodejs⟦20.x⟧\n  - run: gcloud functions deploy f --runtime=nodejs⟦18⟧\n  - run: open nodejs18.xml\n',
  },
  isIn: (path) =>
    isCommandPlace(path) ||
    /(\.tf|\.tfvars|\.tf\.json|(?<!-lock)\.ya?ml)$/.test(path) ||
    /^(package\.json|serverless\.(json|[jt]s)|[\w.-]*template\.json|samconfig\.toml|sst\.config\.ts|claudia\.json)$/.test(
      baseName(path),
    ),
  find: (text) =>
    [
      ...findAll(text, /(?<![\w.@/-])nodejs(\d{1,2}\.x)(?![\w.-])/dg).map((found) => withNeighbour(text, found)),
      ...findAll(text, /--runtime[ =]["']?nodejs(\d{1,2})(?![\w.-])/dg),
    ].sort((one, other) => one.offset - other.offset),
};

/** Several beside each other are what a layer serves, and no Node that runs. */
function withNeighbour(text: string, found: Found): Found {
  const end = found.offset + found.value.length;
  const isBehind = /nodejs\d+\.x["']?[\s,\\-]*["']?nodejs$/.test(
    text.slice(Math.max(0, found.offset - 60), found.offset),
  );
  const isBefore = /^["']?[\s,\\-]*["']?nodejs\d+\.x/.test(text.slice(end, end + 60));
  return isBehind || isBefore ? { ...found, stays: 'it is one of several, for which something was made' } : found;
}
