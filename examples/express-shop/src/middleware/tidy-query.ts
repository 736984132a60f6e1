import type { NextFunction, Request, Response } from 'express';

/** Takes white space from the ends of all values, and drops empty ones. */
export function tidyQuery(req: Request, _res: Response, next: NextFunction) {
  const tidy = Object.entries(req.query).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [[name, value]];
    return value.trim() === '' ? [] : [[name, value.trim()]];
  });
  req.query = Object.fromEntries(tidy);
  next();
}
