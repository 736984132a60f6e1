export type Product = {
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
  readonly cents: number;
  readonly tags: readonly string[];
  readonly variants: readonly string[];
};

export const products: readonly Product[] = [
  { sku: 'K-100', slug: 'kettle', name: 'Kettle', cents: 4900, tags: ['water', 'steel'], variants: ['black', 'steel'] },
  { sku: 'G-200', slug: 'grinder', name: 'Grinder', cents: 8900, tags: ['coffee'], variants: ['hand', 'electric'] },
  { sku: 'S-300', slug: 'scale', name: 'Scale', cents: 2500, tags: ['coffee', 'baking'], variants: ['metric'] },
  { sku: 'B-400', slug: 'bread-tin', name: 'Bread tin', cents: 1800, tags: ['baking', 'steel'], variants: ['small', 'large'] },
  { sku: 'T-500', slug: 'timer', name: 'Timer', cents: 1200, tags: ['baking'], variants: ['red'] },
];

export function productBySlug(slug: string): Product | undefined {
  return products.find((product) => product.slug === slug);
}

export function productBySku(sku: string): Product | undefined {
  return products.find((product) => product.sku === sku);
}
