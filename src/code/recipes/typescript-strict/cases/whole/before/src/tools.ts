export interface Tool {
  name: string;
  lentTo: string;
  onReturn?: () => void;
}

export class Shed {
  private readonly tools: Tool[] = [];
  private last: Tool;
  listener: (tool: Tool) => void = null;

  add(name: string, lentTo: string = null) {
    const tool = { name, lentTo };
    this.tools.push(tool);
    this.last = tool;
    if (this.listener) this.listener(tool);
  }

  newest(): string {
    return this.last ? this.last.name : undefined;
  }

  find(name: string): Tool {
    return this.tools.find((tool) => tool.name === name);
  }

  async ask(name: string): Promise<string> {
    const tool = this.find(name);
    return tool ? tool.lentTo : null;
  }
}
