import type { HomePackage } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { FunctionNode } from './walk.ts';

const request = /^_*(req|rq|reqs|request|requests)$/i;
const response = /^_*(res|rs|resp|response|responses)$/i;
const error = /^_*(e|er|err|error|ex|exception)$/i;
const third = /^_*(next|done|cb|callback|fn)$/i;
const unused = /^_+$/;
const requestParts = ['params', 'query', 'body', 'headers', 'cookies', 'user', 'session', 'app', 'path', 'method'];

/** Frameworks whose handlers look like those of Express: beside them a name alone proves nothing. */
const rivals = ['restify', 'next', 'polka', 'micro', 'koa', 'fastify', 'hyper-express', '@tinyhttp/app', 'json-server'];

/** True where a package uses Express and nothing that could be taken for it. */
export function isExpressHome(home: HomePackage | undefined): boolean {
  if (home === undefined) return false;
  const { dependencies } = home;
  return dependencies.express !== undefined && !rivals.some((name) => dependencies[name] !== undefined);
}

/** Where in the parameters the request stands, if their names are those of a handler: `(req, res)`, `(error, req, res, next)`. */
export function requestIndexOf(node: FunctionNode): number | undefined {
  const names = node.parameters.map(({ name }) => nameOf(name));
  const at = names.findIndex((name) => response.test(name)) - 1;
  if (at < 0 || at > 1) return undefined;
  if (at === 1 && !(error.test(names[0] ?? '') && names.length === 4)) return undefined;
  const follower = names[at + 2];
  if (follower !== undefined && at === 0 && !third.test(follower)) return undefined;
  const own = names[at] ?? '';
  return request.test(own) || unused.test(own) || isRequestPattern(node.parameters[at]?.name) ? at : undefined;
}

/** What a lone parameter of a named function is by its name. */
export function roleByName(name: string): 'request' | 'response' | undefined {
  if (request.test(name)) return 'request';
  return response.test(name) ? 'response' : undefined;
}

/** What a parameter or an import from the same tree is by its name: `app`, `router`, `userRouter`. */
export function hostByName(name: string): 'application' | 'router' | undefined {
  if (/^(app|expressApp|application)$/.test(name)) return 'application';
  return /^(router|[a-z]\w*Router)$/.test(name) ? 'router' : undefined;
}

/** True for the name of a function of the same tree that makes an application: `createApp`, `buildExpressApp`. */
export function isMakerName(name: string): boolean {
  return /^(create|make|build|get|init|setup|configure|new)(express)?(app|application)$/i.test(name);
}

function nameOf(name: ts.BindingName): string {
  return ts.isIdentifier(name) ? name.text : '';
}

function isRequestPattern(name: ts.BindingName | undefined): boolean {
  if (name === undefined || !ts.isObjectBindingPattern(name) || name.elements.length === 0) return false;
  return name.elements.every(({ propertyName, name: local }) => {
    const key = propertyName ?? local;
    return ts.isIdentifier(key) && requestParts.includes(key.text);
  });
}
