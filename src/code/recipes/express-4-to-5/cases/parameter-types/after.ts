import type { Request as Req, RequestHandler, Response } from 'express';
import express from 'express';

export function show(req: Req<{ id: string }>, res: Response) {
  res.json(find(req.params.id));
}

export const update: RequestHandler<{ id: string; version: string }> = async (req, res) => {
  const { id, version: wanted } = req.params;
  res.json([find(id), find(wanted)]);
};

export class Users {
  list(req: express.Request, res: express.Response) {
    res.json(find(req.query.page as string));
  }
  remove = (req: express.Request<{ user: string }>, res: express.Response) => res.json(find(req.params.user));
}

// As before: named already, handed on as a whole, or typed by the path.
export const typed = (req: Req<{ id: string }>, res: Response) => res.json(find(req.params.id));
export const whole = (req: Req, res: Response) => res.json(Object.keys(req.params));
express().get('/:id', (req, res) => res.json(find(req.params.id)));

function find(id: string) {
  return id;
}
