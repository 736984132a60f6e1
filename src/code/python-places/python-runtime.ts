import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { functionRuntime } from '../version-places/function-runtime.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const pythonRuntime: PythonPlace = {
  id: 'python-runtime',
  role: 'pin',
  isCode: true,
  reads: 'AWS Lambda by Serverless, SAM, CloudFormation, Terraform, Zappa, Chalice',
  example: { path: 'serverless.yml', text: 'provider:\n  name: aws\n  runtime: python⟦3.8⟧\n' },
  newest: 14,
  isIn: (path) =>
    functionRuntime.isIn(path) ||
    /(^|\/)((serverless|template|sam|cloudformation)[\w.-]*\.json|zappa_settings\.(json|toml)|\.chalice\/config\.json)$/.test(
      path,
    ),
  find: (text) =>
    [
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?python(3\.\d{1,2})(?!\d)/dgi),
      ...findAll(text, /--runtime[ =]["']?python(3\.\d{1,2})(?!\d)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
