import type { AxiosResponse } from 'axios';
import type { NextApiRequest, NextApiResponse } from 'next';
import express from 'express';

export const app = express();

export function page(req: NextApiRequest, res: NextApiResponse) {
  res.send(404);
}

export function web(req: Request, res: Response) {
  return [req.host, res.json({}, 200)];
}

export function remote(res: AxiosResponse) {
  return res.redirect('back');
}

export class Reply {
  send(status: number) {
    return this.json({}, status);
  }
  json(body: object, status: number) {
    return { body, status };
  }
}
