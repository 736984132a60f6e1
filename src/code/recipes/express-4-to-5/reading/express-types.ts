/**
 * As much of Express's types as it takes for a checker to say which expression is an application, a router, a request or
 * a response: `expressRole` brands them. Members that are not named are of any type. There is no standard library, so the
 * few globals that a checker cannot do without are declared here too.
 */
export const expressTypes = `
interface Array<T> { length: number; [index: number]: T }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
interface Boolean {}
interface CallableFunction extends Function {}
interface Function {}
interface IArguments {}
interface NewableFunction extends Function {}
interface Number {}
interface Object {}
interface RegExp { readonly source: string }
interface String { readonly length: number }
interface Promise<T> { then(done: (value: T) => any): any }
interface PromiseConstructor { new <T>(run: any): Promise<T> }
declare var Promise: PromiseConstructor;
declare function require(id: 'express'): typeof import('express');
declare function require(id: string): any;

declare module 'express' {
  function e(): e.Express;
  namespace e {
    type Path = string | RegExp | readonly (string | RegExp)[];
    interface Request<P = any, ResBody = any, ReqBody = any, ReqQuery = any, Locals = any> {
      readonly expressRole: 'request';
      readonly res: Response;
      readonly app: Application;
      params: { [name: string]: string };
      body: any;
      query: any;
      get(name: string): string;
      header(name: string): string;
      [member: string]: any;
    }
    interface Response<ResBody = any, Locals = any> {
      readonly expressRole: 'response';
      readonly req: Request;
      readonly app: Application;
      status(code: any): this;
      sendStatus(code: any): this;
      links(links: any): this;
      send(...body: any[]): this;
      json(...body: any[]): this;
      jsonp(...body: any[]): this;
      contentType(type: any): this;
      type(type: any): this;
      format(formats: any): this;
      attachment(...name: any[]): this;
      append(...field: any[]): this;
      set(...field: any[]): this;
      header(...field: any[]): this;
      cookie(...cookie: any[]): this;
      clearCookie(...cookie: any[]): this;
      location(url: any): this;
      vary(...field: any[]): this;
      [member: string]: any;
    }
    interface NextFunction { (error?: any): void }
    interface RequestHandler<P = any, A = any, B = any, C = any, D = any> {
      (req: Request, res: Response, next: NextFunction): any;
    }
    type Handler = RequestHandler;
    type ErrorRequestHandler<P = any, A = any, B = any, C = any, D = any> =
      (error: any, req: Request, res: Response, next: NextFunction) => any;
    type RequestParamHandler = (req: Request, res: Response, next: NextFunction, value: any, name: string) => any;
    type RequestHandlerParams = any;
    interface Chain<T> { (...anything: any[]): T }
    interface Methods {
      all: Chain<this>; get: Chain<this>; post: Chain<this>; put: Chain<this>; delete: Chain<this>;
      del: Chain<this>; patch: Chain<this>; options: Chain<this>; head: Chain<this>; use: Chain<this>;
    }
    interface Route extends Methods { readonly expressRole: 'route' }
    type IRoute = Route;
    interface Router extends Methods {
      (req: any, res: any, next?: any): any;
      readonly expressRole: 'router';
      route(path: Path): Route;
      param(...anything: any[]): this;
      [member: string]: any;
    }
    type IRouter = Router;
    interface Application extends Methods {
      (req: any, res: any, next?: any): any;
      readonly expressRole: 'application';
      route(path: Path): Route;
      param(...anything: any[]): this;
      set(name: string, value: any): this;
      enable(name: string): this;
      disable(name: string): this;
      engine(extension: string, engine: any): this;
      [member: string]: any;
    }
    type Express = Application;
    type Params = any;
    type ParamsDictionary = any;
    const expressRole: 'express';
    const application: any;
    const request: any;
    const response: any;
    const Router: { (options?: any): Router; new (options?: any): Router };
    function Route(path: Path): Route;
    const json: any;
    const raw: any;
    const text: any;
    const urlencoded: any;
    const query: any;
    const static: any;
  }
  export = e;
}
declare module 'express-serve-static-core' { import e = require('express'); export = e; }
declare module 'express-promise-router' { import e = require('express'); function router(options?: any): e.Router; export = router; }
declare module '@types/express' { import e = require('express'); export = e; }
`;
