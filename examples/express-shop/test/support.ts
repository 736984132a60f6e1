import request from 'supertest';
import { createApp } from '../src/app';
import { Orders } from '../src/data/orders';

/** A visitor of a fresh shop, who keeps cookies. */
export function visitor(orders = new Orders()) {
  return request.agent(createApp(orders));
}

export async function customer(orders = new Orders()) {
  const agent = visitor(orders);
  await agent.post('/account/login').type('form').send({ email: 'ada@shop.example' }).expect(303);
  return agent;
}
