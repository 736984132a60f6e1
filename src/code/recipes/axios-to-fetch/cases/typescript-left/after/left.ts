import axios from 'axios';

export class Shop {
  api = axios.create({ baseURL: 'http://shop' });
  mixed = axios.create();

  set(other: never): void {
    this.mixed = other;
  }
}

export const typed: typeof axios = axios;
export const orders = (shop: Shop) => shop.api.get('/orders');
