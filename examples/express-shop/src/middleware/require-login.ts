import type { NextFunction, Request, Response } from 'express';

/** Sends visitors to the login, and callers of the API a 401. */
export function requireLogin(req: Request, res: Response, next: NextFunction) {
  if (req.session.email !== undefined) return next();
  if (req.baseUrl.startsWith('/api')) return res.status(401).json({ error: 'Log in first.' });
  return res.redirect(`/account/login?next=${encodeURIComponent(req.originalUrl)}`);
}
