import { Router } from 'express';
import { productBySlug, products } from '../data/products';
import { HttpError } from '../http-error';

export const catalogue = Router();
const pageSize = 2;

type Price = { readonly min?: string; readonly max?: string };

catalogue.get('/catalogue/:page(\\d+)?', (req, res) => {
  const page = Number(req.params.page ?? 1);
  const start = (page - 1) * pageSize;
  res.render('catalogue', { page, products: products.slice(start, start + pageSize) });
});

catalogue.get('/products/:slug/:variant?', (req, res) => {
  const product = productBySlug(req.params.slug);
  if (product === undefined) throw new HttpError(404, 'There is no such product.');
  const isChosen = req.params.hasOwnProperty('variant') && req.params.variant !== undefined;
  const variant = isChosen ? req.params.variant : product.variants[0];
  if (!product.variants.includes(variant ?? '')) throw new HttpError(404, 'There is no such variant.');
  res.render('product', { product, variant });
});

catalogue.get('/api/products', (req, res) => {
  const { min, max } = (req.query.price ?? {}) as Price;
  const tag = req.query.tag;
  const found = products.filter(({ cents, tags }) => {
    if (cents < Number(min ?? 0) * 100 || cents > Number(max ?? Number.MAX_SAFE_INTEGER) * 100) return false;
    return tag === undefined || tags.includes(String(tag));
  });
  res.json(found.map(({ slug }) => slug));
});
