export type Options = { readonly sides?: number | undefined };

export class Shape {
  sides(): number {
    return 0;
  }
}

export class Square extends Shape {
  override sides(): number {
    return 4;
  }
}

const given = (sides: number | undefined): Options => ({ sides });

export const made = given(new Square().sides());
