export type Order = {
  name: string;
  total: number;
  paid?: Date;
  lines?: string[];
  address?: { city: string };
};
