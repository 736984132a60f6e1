import express from 'express';
import { items } from './items';

export function createApp() {
  const app = express();
  app.set('query parser', 'extended');
  app.use(express.json());
  app.use(express.urlencoded({ extended: true }));
  app.use((req, _res, next) => {
    if (req.body === undefined) req.body = {}; // Express 5 leaves it undefined where there is no body
    next();
  });
  app.use('/items', items);
  return app;
}
