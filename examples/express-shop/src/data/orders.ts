export type Address = { readonly street: string; readonly city: string };

export type Order = {
  readonly id: number;
  readonly email: string;
  readonly lines: Readonly<Record<string, number>>;
  readonly address: Address;
  note?: string;
};

export class Orders {
  private readonly orders = new Map<number, Order>();
  private last = 1000;

  add(order: Omit<Order, 'id'>): Order {
    this.last += 1;
    const added = { id: this.last, ...order };
    this.orders.set(added.id, added);
    return added;
  }

  get(id: number): Order | undefined {
    return this.orders.get(id);
  }

  of(email: string): readonly Order[] {
    return [...this.orders.values()].filter((order) => order.email === email);
  }

  remove(id: number): boolean {
    return this.orders.delete(id);
  }
}
