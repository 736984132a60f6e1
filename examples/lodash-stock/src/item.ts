export type Item = {
  name: string;
  count: number;
  tags?: string[];
  shelf: { row: string; place?: number } | null;
};
