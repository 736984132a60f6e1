export interface Parcel {
  readonly id: string;
  readonly grams: number;
  readonly cents: number;
}
