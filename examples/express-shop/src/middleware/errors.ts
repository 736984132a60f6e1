import type { ErrorRequestHandler, RequestHandler } from 'express';
import { HttpError } from '../http-error';

export const notFound: RequestHandler = (req, _res, next) => {
  next(new HttpError(404, `There is nothing at ${req.path}.`));
};

export const errors: ErrorRequestHandler = (error, req, res, _next) => {
  const status = error instanceof HttpError ? error.status : 500;
  const message = error instanceof HttpError ? error.message : 'Something went wrong.';
  res.status(status);
  if (req.path.startsWith('/api') || req.accepts(['html', 'json']) === 'json') {
    res.json({ error: message });
    return;
  }
  res.render('error', { status, message });
};
