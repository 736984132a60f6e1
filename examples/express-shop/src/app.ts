import { join } from 'node:path';
import cookieParser from 'cookie-parser';
import express, { type Express } from 'express';
import session from 'express-session';
import { Orders } from './data/orders';
import { errors, notFound } from './middleware/errors';
import { locale } from './middleware/locale';
import { tidyQuery } from './middleware/tidy-query';
import { money } from './money';
import office from './office/office';
import { account } from './routes/account';
import { cart } from './routes/cart';
import { catalogue } from './routes/catalogue';
import { downloads } from './routes/downloads';
import { ordersRouter } from './routes/orders';
import { pages } from './routes/pages';

export function createApp(orders = new Orders()): Express {
  const app = express();
  app.set('view engine', 'ejs');
  app.set('views', join(__dirname, '../../views'));
  app.disable('x-powered-by');
  app.locals.money = money;

  app.use(cookieParser());
  app.use(express.json());
  app.use(express.urlencoded());
  app.use(session({ secret: 'only for the example', resave: false, saveUninitialized: false }));
  app.use(locale, tidyQuery);

  app.use(catalogue);
  app.use('/cart', cart);
  app.use('/account', account);
  app.use('/api/orders', ordersRouter(orders));
  app.use('/office', office(orders));
  app.use(pages, downloads);

  app.all('*', notFound);
  app.use(errors);
  return app;
}
