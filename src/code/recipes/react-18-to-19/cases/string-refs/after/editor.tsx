import React from 'react';
import { Grid } from './grid';

export class Editor extends React.Component<{ rows: string[] }> {
  /** Filled by the ref callbacks below. */
  refs: {
    title?: HTMLElementTagNameMap['input'] | null;
    "grid-1"?: Grid | null;
  } = {};

  state = {};

  render() {
    return (
      <form>
        <input ref={(ref) => { this.refs.title = ref; }} />
        <Grid ref={(ref) => { this.refs["grid-1"] = ref; }} />
        {this.props.rows.map((row) => <i ref={`row ${row}`} key={row} />)}
      </form>
    );
  }
}
