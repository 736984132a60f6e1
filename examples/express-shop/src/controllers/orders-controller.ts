import type { Request, Response } from 'express';
import { validationResult } from 'express-validator';
import type { Order, Orders } from '../data/orders';
import { HttpError } from '../http-error';

/** Orders as JSON. Its methods are handed to the router by name. */
export class OrdersController {
  constructor(private readonly orders: Orders) {
    this.show = this.show.bind(this);
    this.list = this.list.bind(this);
    this.create = this.create.bind(this);
    this.cancel = this.cancel.bind(this);
  }

  list(req: Request, res: Response) {
    const { minimum } = req.query;
    const own = this.orders.of(req.session.email ?? '');
    res.json(own.filter(({ lines }) => Object.keys(lines).length >= Number(minimum ?? 0)));
  }

  show(req: Request, res: Response) {
    res.json(this.own(req, Number(req.params.id)));
  }

  create(req: Request, res: Response) {
    const faults = validationResult(req);
    if (!faults.isEmpty()) {
      res.status(400).json({ errors: faults.array().map(({ msg }) => msg) });
      return;
    }
    const { lines, address, note } = req.body;
    const order = this.orders.add({ email: req.session.email ?? '', lines, address, note });
    res.location(`/api/orders/${order.id}`).status(201).json(order);
  }

  async cancel(req: Request, res: Response) {
    const { id } = req.params;
    const order = this.own(req, Number.parseInt(id, 10));
    const { reason } = req.body;
    await Promise.resolve();
    this.orders.remove(order.id);
    res.json({ cancelled: order.id, reason: reason ?? 'none' });
  }

  private own(req: Request, id: number): Order {
    const order = this.orders.get(id);
    if (order === undefined) throw new HttpError(404, `There is no order ${id}.`);
    if (order.email !== req.session.email) throw new HttpError(403, 'That is not your order.');
    return order;
  }
}
