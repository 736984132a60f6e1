import * as React from 'react';
import { type ReactElement, ReactNode, FC } from 'react';

export type Items = (ReactElement | number | string)[];
export type More = Iterable<ReactNode> | number | string | ReadonlyArray<React.ReactNode>;
export const Item: FC<{ a: ReactNode }> = () => null;
export type Tag = React.HTMLElementType;
export interface Props extends React.FunctionComponent<{}> {
  old: React.FunctionComponent;
  ref: React.Ref<HTMLElement>;
}
