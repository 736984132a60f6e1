import React from 'react';
import type { Note } from '../notes/note';
import type { NoteChanges } from '../notes/notes-reducer';
import { Button } from './Button';
import { TagInput } from './TagInput';

interface NoteEditorProps {
  note: Note;
  rows: number;
  onSave: (changes: NoteChanges) => void;
}

interface NoteEditorState {
  tags: string[];
  isDirty: boolean;
}

export class NoteEditor extends React.Component<NoteEditorProps, NoteEditorState> {
  static defaultProps = { rows: 8 };

  state: NoteEditorState = { tags: this.props.note.tags, isDirty: false };

  componentDidMount() {
    (this.refs.title as HTMLInputElement).select();
  }

  private save = (event: React.FormEvent) => {
    event.preventDefault();
    const { value: title } = this.refs.title as HTMLInputElement;
    const { value: body } = this.refs.body as HTMLTextAreaElement;
    this.props.onSave({ title: title.trim() || 'Untitled', body, tags: this.state.tags });
    this.setState({ isDirty: false });
  };

  render() {
    const { note, rows } = this.props;
    return (
      <form onSubmit={this.save} onInput={() => this.setState({ isDirty: true })}>
        <label>
          Title
          <input ref="title" defaultValue={note.title} />
        </label>
        <label>
          Body
          <textarea ref="body" rows={rows} defaultValue={note.body} />
        </label>
        <TagInput tags={this.state.tags} onChange={(tags) => this.setState({ tags, isDirty: true })} />
        <Button type="submit" disabled={!this.state.isDirty}>
          Save
        </Button>
      </form>
    );
  }
}
