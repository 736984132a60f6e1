import type { CookieOptions, Handler, RequestHandler } from 'express';
import * as core from 'express-serve-static-core';
import type { ParamsDictionary } from 'express-serve-static-core';

declare global {
  namespace Express {
    interface Request {
      user?: { readonly name: string };
    }
  }
}

const cookie: CookieOptions = { httpOnly: true, sameSite: 'lax', maxAge: 1000 };

export const login: RequestHandler = (request, response, next) => {
  request.user = { name: String(request.body.name) };
  response.cookie('session', request.user.name, cookie).location('/').vary('Cookie');
  next();
};

export const logout: Handler = (request, response) => {
  response.clearCookie('session', { path: '/' });
  response.redirect(302, '/login');
  response.format({ json: () => response.jsonp({ ok: true }) });
};

export const idOf = (params: ParamsDictionary): string => params.id;

export const ranged: RequestHandler<{ file: string }> = (request, response) => {
  const range = request.range(100);
  response.attachment(request.params.file).set('X-Range', String(range));
  response.download(request.params.file, (error) => console.error(error));
};

export const wrap = (handler: core.RequestHandler): core.RequestHandler => (request, response, next) => {
  handler(request, response, next);
};
