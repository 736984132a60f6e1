import * as React from 'react';
import { type ReactChild, ReactFragment as Many, ReactNode, VFC } from 'react';

export type Items = ReactChild[];
export type More = Many | React.ReactText | React.ReactNodeArray;
export const Item: VFC<{ a: ReactNode }> = () => null;
export type Tag = keyof React.ReactHTML;
export interface Props extends React.VoidFunctionComponent<{}> {
  old: React.StatelessComponent;
  ref: React.LegacyRef<HTMLElement>;
}
