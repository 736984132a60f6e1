import express from 'express';
import { items } from './items';

export function createApp() {
  const app = express();
  app.use(express.json());
  app.use(express.urlencoded({ extended: true }));
  app.use('/items', items);
  return app;
}
