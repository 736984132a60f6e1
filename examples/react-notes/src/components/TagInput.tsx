import PropTypes from 'prop-types';
import { createRef, PureComponent, type KeyboardEvent } from 'react';
import { Badge } from './Badge';

interface TagInputProps {
  tags: string[];
  onChange: (tags: string[]) => void;
}

export class TagInput extends PureComponent<TagInputProps> {
  static propTypes = {
    tags: PropTypes.arrayOf(PropTypes.string.isRequired).isRequired,
    onChange: PropTypes.func.isRequired,
  };

  private input = createRef<HTMLInputElement>();

  private add = (event: KeyboardEvent) => {
    const tag = this.input.current?.value.trim();
    if (event.key !== 'Enter' || !tag || !this.input.current) return;
    event.preventDefault();
    this.input.current.value = '';
    if (!this.props.tags.includes(tag)) this.props.onChange([...this.props.tags, tag]);
  };

  render() {
    return (
      <div>
        {this.props.tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
        <input ref={this.input} aria-label="Tags" onKeyDown={this.add} />
      </div>
    );
  }
}
