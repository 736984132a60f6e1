import axios, { AxiosError, type AxiosInstance, type AxiosRequestConfig, AxiosResponse as Answer } from 'axios';
import { nameOf } from './names.js';

export interface Order {
  id: number;
  item: string;
}

export class Orders {
  private readonly api: AxiosInstance;

  constructor(baseURL: string) {
    this.api = axios.create({ baseURL, timeout: 2000 });
  }

  async one(id: number): Promise<Order> {
    const { data } = await this.api.get<Order>(`/orders/${id}`);
    return data;
  }

  place(order: Omit<Order, 'id'>): Promise<Answer<Order>> {
    return this.api.post<Order>('/orders', order);
  }

  async count(): Promise<number> {
    const answer = (await this.api.get('/orders/count')) as Answer<{ count: number }>;
    return answer.data.count;
  }

  async name(id: number): Promise<string | undefined> {
    try {
      return await this.api.get<Order>(`/orders/${id}`).then((answer: Answer<Order>) => nameOf(answer.data.item));
    } catch (error) {
      if (error instanceof AxiosError && error.response?.status === 404) return undefined;
      throw error;
    }
  }
}

export type Wish = Pick<AxiosRequestConfig, 'timeout' | 'headers'>;
