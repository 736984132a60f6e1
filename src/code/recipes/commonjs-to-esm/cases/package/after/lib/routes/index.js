import itemsModule from './items.js';
import ordersModule from './orders.js';
export default {
  items: itemsModule,
  orders: ordersModule,
};
