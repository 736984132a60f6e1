import { Router } from 'express';
import asyncHandler from 'express-async-handler';
import { body } from 'express-validator';
import { OrdersController } from '../controllers/orders-controller';
import type { Orders } from '../data/orders';
import { requireLogin } from '../middleware/require-login';

export function ordersRouter(orders: Orders): Router {
  const router = Router();
  const controller = new OrdersController(orders);

  router.use(requireLogin);
  router
    .route('/')
    .get(controller.list)
    .post(
      body('lines').isObject().withMessage('lines is needed'),
      body('address.city').isString().withMessage('address.city is needed'),
      controller.create,
    );
  router.route('/:id(\\d+)').get(controller.show).delete(asyncHandler(controller.cancel));
  return router;
}
