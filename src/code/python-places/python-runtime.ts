import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const pythonRuntime: PythonPlace = {
  id: 'python-runtime',
  role: 'pin',
  reads: 'AWS Lambda by Serverless, SAM, CloudFormation, Terraform, Zappa, Chalice',
  example: { path: 'serverless.yml', text: 'provider:\n  name: aws\n  runtime: python⟦3.8⟧\n' },
  newest: 14,
  isIn: (path) =>
    /(^|\/)((serverless|template|sam|cloudformation)[\w.-]*\.(ya?ml|json)|[\w.-]+\.tf(\.json)?|zappa_settings\.(json|ya?ml|toml)|\.chalice\/config\.json)$/.test(
      path,
    ),
  find: (text) => findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?python(3\.\d{1,2})(?!\d)/dgi),
};
