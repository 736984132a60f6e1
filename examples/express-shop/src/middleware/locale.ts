import type { RequestHandler } from 'express';

const known = ['en', 'de'];

/** The language of the visitor: the cookie if there is one, else what the browser asks for. */
export const locale: RequestHandler = (req, res, next) => {
  const chosen = req.cookies.locale ?? req.acceptsLanguages(...known);
  res.locals.locale = known.includes(chosen) ? chosen : 'en';
  next();
};
