import React from 'react';
import { Grid } from './grid';

export class Editor extends React.Component<{ rows: string[] }> {
  state = {};

  render() {
    return (
      <form>
        <input ref="title" />
        <Grid ref={'grid-1'} />
        {this.props.rows.map((row) => <i ref={`row ${row}`} key={row} />)}
      </form>
    );
  }
}
