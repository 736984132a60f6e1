import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { HttpError } from '../http-error';

const root = join(__dirname, '../../..');

export const downloads = Router();

/** Any file below downloads/, however deep. */
downloads.get('/downloads/*', (req: Request, res: Response, next: NextFunction) => {
  const path = req.params[0];
  if (path === '') throw new HttpError(404, 'Which file?');
  res.set('X-File', path);
  res.sendFile(path, { root: join(root, 'downloads') }, (error) => {
    if (error) next(new HttpError(404, `There is no file ${path}.`));
  });
});

downloads.get('/terms', (_req, res) => {
  res.sendFile(join(root, 'documents', '.published', 'terms.html'));
});

downloads.use(express.static(join(root, 'public'), { maxAge: '1h' }));
